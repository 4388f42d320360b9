"""A damaged list as it is read: its report, and what stands in it."""

from datetime import date

import pytest

from participants.importers.list_report import read_list
from tests.participants import made_files
from tests.participants.made_files import person

TODAY = date(2026, 11, 21)
PERSONS = [person(serial) for serial in range(1, 5)]


@pytest.fixture
def read(tmp_path):
    def _read(content, name="daftar.xlsx", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_list(path, region="36.72", today=TODAY, **options)

    return _read


def book(*rows, **sheets):
    return made_files.xlsx({"Daftar": list(rows), **sheets})


def reasons(report):
    return {reason.value: count for reason, count in report.refused.items()}


def warned(report):
    return {doubt.value: count for doubt, count in report.warnings.items()}


def values(report, field):
    return [member.row.text(field) for member in report.members]


def balance(report):
    told = report.balance()
    return told["read"], told["parked"], told["missed"]
