"""Good files of contributions, and what happens to them on their way. All payments are invented."""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO

from tests.participants.made_files import ods, xlsx

TITLES = {
    "no": ["No", "No."],
    "proof": ["No. Bukti", "Nomor SP2D"],
    "day": ["Tgl Bayar", "Tanggal Bayar"],
    "amount": ["Iuran (Rp)", "Jumlah Iuran", "Rupiah"],
    "month": ["Untuk Bulan", "Periode"],
    "note": ["Keterangan"],
}
_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905


@dataclass
class GoodPayment:
    number: int
    proof: str
    day: date
    amount: int
    first: date
    last: date

    def cell(self, column):
        told = {
            "no": str(self.number),
            "day": f"{self.day:%d/%m/%Y}",
            "amount": f"{self.amount:,}".replace(",", "."),
            "month": f"{_MONTHS[self.first.month - 1]} {self.first.year}",
            "note": "iuran",
        }
        return told.get(column, self.proof)


@dataclass
class MutatedMoney:
    content: bytes
    file_name: str
    payments: list
    damages: list


@dataclass
class _Draft:
    chance: random.Random
    columns: list
    payments: list
    rows: list
    sheets: dict = field(default_factory=dict)
    text_acts: list = field(default_factory=list)
    damages: list = field(default_factory=list)


def good_payment(chance, number):
    day = date(2025, 1, 5) + timedelta(days=chance.randrange(300))
    month = day.replace(day=1)
    amount = chance.randrange(1_000_001, 900_000_000)
    return GoodPayment(number, f"SP2D/{number}/2025", day, amount, month, month)


def mutated_money(seed):
    chance = random.Random(seed)
    payments = [good_payment(chance, number) for number in range(1, chance.randint(4, 20))]
    columns = sorted(TITLES, key=lambda _: chance.random())
    rows = [_header(chance, columns), *([one.cell(column) for column in columns] for one in payments)]
    draft = _Draft(chance, columns, payments, rows)
    for damage in sorted(chance.sample(DAMAGES, chance.choice([0, 1, 1, 2])), key=DAMAGES.index):
        if damage(draft):
            draft.damages.append(damage.__name__)
    content, name = _written(draft)
    return MutatedMoney(content, name, draft.payments, draft.damages)


def _header(chance, columns):
    return [chance.choice(TITLES[column]) for column in columns]


def _set(draft, column, written):
    at = draft.columns.index(column)
    for row, one in zip(draft.rows[1:], draft.payments, strict=True):
        row[at] = written(one)


def comma_groups(draft):
    _set(draft, "amount", lambda one: f"{one.amount:,}" + draft.chance.choice(["", ".00"]))
    return True


def blank_groups(draft):
    _set(draft, "amount", lambda one: f"Rp {one.amount:,}".replace(",", " "))
    return True


def cents(draft):
    _set(draft, "amount", lambda one: f"Rp. {one.amount:,}".replace(",", ".") + ",00")
    return True


def powers(draft):
    at = draft.columns.index("amount")
    for row, one in zip(draft.rows[1:], draft.payments, strict=True):
        if draft.chance.random() < 0.4:
            row[at] = f"{one.amount:.5E}".replace(".", ",")
    return True


def fractions(draft):
    """Half a rupiah, and two values in one cell, are no amounts."""
    at = draft.columns.index("amount")
    for row, one in zip(draft.rows[1:], draft.payments, strict=True):
        if draft.chance.random() < 0.3:
            row[at] = draft.chance.choice(["1,5", "12,75", f"{one.amount} / 5000", "1 5", "1.5"])
    return True


def year_first(draft):
    _set(draft, "month", lambda one: f"{one.first:%Y/%m}")
    return True


def quarters(draft):
    for one in draft.payments:
        start = (one.first.month - 1) // 3 * 3 + 1
        one.first = one.first.replace(month=start)
        one.last = one.first.replace(month=start + 2)
    words = draft.chance.choice(["Triwulan {} {}", "TW {}", "Kuartal {} {}"])
    numerals = draft.chance.choice([["I", "II", "III", "IV"], ["1", "2", "3", "4"]])
    _set(draft, "month", lambda one: words.format(numerals[one.first.month // 3], one.first.year))
    return True


def ranges(draft):
    for one in draft.payments:
        one.first = one.first.replace(month=min(one.first.month, 10))
        one.last = one.first.replace(month=one.first.month + 2)
    mark = draft.chance.choice(["-", " - ", " s/d ", "–", " s.d. "])

    def written(one):
        return f"{_MONTHS[one.first.month - 1]}{mark}{_MONTHS[one.last.month - 1]} {one.first.year}"

    _set(draft, "month", written)
    return True


def number_ranges(draft):
    for one in draft.payments:
        one.first = one.first.replace(month=min(one.first.month, 10))
        one.last = one.first.replace(month=one.first.month + 2)
    forms = ["{0:02}-{1:02}/{2}", "{0} s/d {1} {2}", "{0} - {1} {2}", "{0}/{2}-{1}/{2}"]
    written = draft.chance.choice(forms)
    _set(draft, "month", lambda one: written.format(one.first.month, one.last.month, one.first.year))
    return True


def repeat_header(draft):
    for at in sorted(draft.chance.sample(range(2, len(draft.rows) + 1), 2), reverse=True):
        draft.rows[at:at] = [[], list(draft.rows[0])]
    return True


def join_tables(draft):
    others = [good_payment(draft.chance, number) for number in range(101, 101 + draft.chance.randint(2, 6))]
    columns = sorted(draft.columns, key=lambda _: draft.chance.random())
    table = [_header(draft.chance, columns), *([one.cell(column) for column in columns] for one in others)]
    draft.rows += [[], ["TAMBAHAN"], *table]
    draft.payments = [*draft.payments, *others]
    return True


def side_by_side(draft):
    if set(draft.damages) & {"repeat_header", "join_tables"}:
        return False
    half = (len(draft.payments) + 1) // 2
    head, *data = draft.rows
    left, right = data[:half], data[half:]
    right += [[""] * len(head)] * (len(left) - len(right))
    draft.rows = [[*head, "", *head], *([*a, "", *b] for a, b in zip(left, right, strict=True))]
    return True


def totals(draft):
    draft.rows += [[], ["JUMLAH", "", "999.999.999"], ["", "Sub Total", "5.000.000"]]
    return True


def title_lines(draft):
    draft.rows[:0] = [[f"REKAPITULASI IURAN {number}"] for number in range(draft.chance.choice([1, 5, 70]))]
    return True


def sheet_without_titles(draft):
    if {"side_by_side", "join_tables"} & set(draft.damages):
        return False
    others = [good_payment(draft.chance, number) for number in range(201, 204)]
    draft.sheets["Lanjutan"] = [[one.cell(column) for column in draft.columns] for one in others]
    draft.payments = [*draft.payments, *others]
    return True


def lone_quote(draft):
    draft.text_acts.append(True)
    return True


DAMAGES = [
    comma_groups,
    blank_groups,
    cents,
    powers,
    fractions,
    year_first,
    quarters,
    ranges,
    number_ranges,
    repeat_header,
    join_tables,
    side_by_side,
    totals,
    title_lines,
    sheet_without_titles,
    lone_quote,
]


def _written(draft):
    if draft.sheets or (not draft.text_acts and draft.chance.random() < 0.5):
        if not draft.sheets and draft.chance.random() < 0.3:
            return ods(draft.rows), "rekap.ods"
        return xlsx({"Rekap": draft.rows, **draft.sheets}), "rekap.xlsx"
    width = max(map(len, draft.rows))
    output = StringIO()
    writer = csv.writer(output, delimiter=draft.chance.choice(";\t"), lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in draft.rows)
    lines = output.getvalue().splitlines()
    if draft.text_acts:
        at = draft.chance.choice([n for n, line in enumerate(lines) if "SP2D/" in line])
        lines[at] = lines[at].replace("iuran", '"iuran', 1)
    return "\n".join(lines).encode(draft.chance.choice(["utf-8-sig", "utf-16"])), "rekap.csv"
