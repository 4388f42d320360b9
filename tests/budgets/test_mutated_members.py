"""Lists of active members broken in known ways, set against the region's: nobody of them vanishes unsaid."""

import os
import sys
from collections import Counter
from pathlib import Path

from budgets.importers.reconciliation_files import MemberRow, send_members
from participants.importers.refusal import ListRefused
from tests.budgets.reconciliations import Received
from tests.participants.mutated_lists import mutated_list

LISTS = int(os.environ.get("MUTATED_LISTS", "60"))


def test_every_member_is_read_unread_or_named(tmp_path):
    done = Counter()
    for seed in range(LISTS):
        made = mutated_list(seed)
        path = tmp_path / made.file_name
        path.write_bytes(made.content)
        got, told = Received(), (seed, made.damages, made.file_name)
        try:
            send_members(Path(path), "daftar", got)
        except ListRefused:
            done["refused"] += 1
            continue
        persons = {person.nik: person for person in made.persons}
        read = [row for row in got.rows if isinstance(row, MemberRow)]
        missed = sum(entry.count for entry in got.ledger.left_out.values())
        assert len(got.rows) + missed >= len(persons), (told, len(got.rows), missed, len(persons))
        strangers = [row for row in read if row.nik and row.nik not in persons]
        assert not strangers, (told, strangers[0])
        for row in read:
            if row.nik and row.name:
                assert persons[row.nik].name.casefold() in row.name.casefold(), (told, row.number)
        done.update(read=len(read), unread=len(got.rows) - len(read), named=missed)
    sys.stdout.write(f"{dict(done)}\n")
