"""Lists broken in known ways: each person is read, parked or named as left out, and nothing is made up."""

import os
import sys
from collections import Counter
from datetime import date

from participants.importers.header import Field
from participants.importers.list_report import read_list
from tests.participants.list_damages import DAMAGES
from tests.participants.mutated_lists import mutated_list

TODAY = date(2026, 11, 21)
LISTS = int(os.environ.get("MUTATED_LISTS", "60"))


def wrong_values(member, good):
    """What was read of a person and differs from the good list; an empty cell says nothing."""
    read = {
        "name": member.name,
        "born": member.birth_date or good.born,
        "sex": member.sex or good.sex,
        "place": member.row.text(Field.BIRTH_PLACE) or good.place,
        "address": member.row.text(Field.ADDRESS) or good.address,
        "village": member.row.text(Field.VILLAGE) or good.village,
        "district": member.row.text(Field.DISTRICT) or good.district,
        "phone": member.phone or good.phone,
        "kpj": member.kpj or good.kpj,
    }
    return {key: (value, getattr(good, key)) for key, value in read.items() if value != getattr(good, key)}


def test_no_person_vanishes_and_no_value_is_made_up(tmp_path):
    done = Counter()
    for seed in range(LISTS):
        made = mutated_list(seed)
        path = tmp_path / made.file_name
        path.write_bytes(made.content)
        report = read_list(path, region="36.72", today=TODAY)
        told = (seed, made.damages, made.file_name)
        persons = {person.nik: person for person in made.persons}
        balance = report.balance()
        assert report.rows + balance["missed"] == len(persons), (told, balance, report.refused)
        assert report.rows == report.ok + sum(report.refused.values()), told
        for member in report.members:
            good = persons[member.nik.digits]
            assert not wrong_values(member, good), (told, member.row.number)
            assert member.nik.digits not in made.asked, told
        done.update(made.damages or ["none"])
        done.update(read=report.ok, parked=sum(report.refused.values()), missed=balance["missed"])
    sys.stdout.write(f"{dict(done)}\n")
    assert done["read"] > done["parked"] > 0
    if LISTS >= 1000:
        assert {damage.__name__ for damage in DAMAGES} <= set(done)
