"""Keeps a sample of the changes that `./script/mutants` will try: python -m tests.mutants SESSION MOST."""

import random
import sys

from cosmic_ray.work_db import WorkDB, use_db

# Annotations and texts: no test could notice.
_POINTLESS = ("core/ReplaceBinaryOperator_BitOr", "core/RemoveDecorator")


def thin(session: str, most: int) -> int:
    """Leave at most so many changes of a session, the same ones every time; returns how many."""
    with use_db(session, mode=WorkDB.Mode.open) as database:
        items = list(database.work_items)
        wanted = [item for item in items if not item.mutations[0].operator_name.startswith(_POINTLESS)]
        wanted.sort(key=lambda item: (str(item.mutations[0].start_pos), item.mutations[0].operator_name))
        if most and len(wanted) > most:
            wanted = random.Random(1).sample(wanted, most)
        database.clear()
        database.add_work_items(wanted)
    return len(wanted)


if __name__ == "__main__":
    print(thin(sys.argv[1], int(sys.argv[2])), file=sys.stderr)  # noqa: T201
