"""./script/deploy_drill one | many | failover"""

import sys
from collections.abc import Callable

from tests.drills import failover, many, one
from tests.drills.machines import Missing, Network, network
from tests.drills.steps import step

DRILLS: dict[str, Callable[[Network], None]] = {
    "one": one.drill,
    "many": many.drill,
    "failover": failover.drill,
}
# For CI: what this computer lacks is no fault of the files.
SKIPPED = 77


def main() -> int:
    wanted = sys.argv[1:]
    if len(wanted) != 1 or wanted[0] not in DRILLS:
        print(f"Pakai: ./script/deploy_drill {' | '.join(DRILLS)}", file=sys.stderr)
        return 2
    try:
        with network() as made:
            try:
                DRILLS[wanted[0]](made)
            except AssertionError:
                for machine in made.machines.values():
                    for log in sorted((machine.disk / "log").glob("*.log")):
                        if told := machine.log(log.stem):
                            print(f"--- {machine.name} {log.stem}\n{told}", file=sys.stderr)
                raise
    except Missing as missing:
        print(f"dilewati: {missing}")
        return SKIPPED
    step(f"{wanted[0]}: everything held")
    return 0


if __name__ == "__main__":
    sys.exit(main())
