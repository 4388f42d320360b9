"""What each table comes to, in one sentence: the titles of slides and of pictures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.measures.codes import MeasureCode
from reports.pack.content import Cell, Kind, Number, Sentence, Table
from reports.pack.figure_book import key_of, subtracted
from reports.pack.place import PackPlace
from reports.pack.sentence import sentence, unsigned

_UCJ = key_of(MeasureCode.COVERAGE)


def messages_of(
    place: PackPlace, told: Iterable[Table], narrative: Iterable[Sentence]
) -> tuple[Sentence, ...]:
    """By the table. What the narrative says of it is as good where nothing shorter is known."""
    said: dict[str, Sentence] = {}
    for one in narrative:
        said.setdefault(one.about, one)
    found = []
    for table in told:
        words = _WORDS.get(table.key)
        message = words(place, table) if words else None
        message = message or said.get(table.key) or _counted(table)
        if message:
            found.append(replace(message, about=table.key))
    return tuple(found)


def headline(place: PackPlace) -> Sentence | None:
    """The one sentence to remember; None where there is no coverage to tell."""
    rate = place.now(_UCJ, Kind.PERCENT, "rate")
    if rate.value is None:
        return None
    cells: dict[str, Cell] = {"rate": rate}
    named = {"place": place.label, "month": date_format(place.month, "F Y")}
    change = place.change(_UCJ, Kind.PERCENT, "rate")
    if change.value is None:
        words = _("UCJ %(place)s %(month)s mencapai {rate}") % named
    else:
        named["earlier"] = date_format(place.period.before, "F Y")
        cells["change"] = unsigned(change)
        if not change.value:
            words = _("UCJ %(place)s %(month)s tetap {rate} seperti %(earlier)s") % named
        elif change.value > 0:
            words = _("UCJ %(place)s %(month)s mencapai {rate}, naik {change} sejak %(earlier)s") % named
        else:
            words = _("UCJ %(place)s %(month)s mencapai {rate}, turun {change} sejak %(earlier)s") % named
    return replace(sentence(words, **cells), about="coverage")


def _coverage(place: PackPlace, _table: Table) -> Sentence | None:
    return headline(place)


def _trend(_place: PackPlace, table: Table) -> Sentence | None:
    known = [row for row in table.rows if isinstance(row[3], Number) and row[3].value is not None]
    if len(known) < 2:
        return None
    (first, _m, _w, was, *_c), (last, _m2, _w2, now, *_c2) = known[0], known[-1]
    words = _("UCJ bergerak dari {was} pada {first} menjadi {now} pada {last}")
    return sentence(words, was=was, first=str(first).strip(), now=now, last=str(last).strip())


def _segments(place: PackPlace, table: Table) -> Sentence | None:
    found = [place.now(key) for key in place.keys(MeasureCode.SEGMENT_COVERAGE)]
    known = [(number.value, number) for number in found if number.value is not None]
    if not known:
        return None
    _size, most = max(known, key=lambda one: one[0])
    words = _("Segmen terbesar adalah {segment} dengan {most} peserta aktif")
    return sentence(words, segment=_row_label(table, most), most=most)


def _row_label(table: Table, number: Number) -> str:
    """Without the letters in brackets, as the narrative says it."""
    label = next(str(row[0]) for row in table.rows if number in row)
    return label.partition(" (")[0]


def _rank(place: PackPlace, table: Table) -> Sentence | None:
    whole = place.now(_UCJ, Kind.PERCENT, "rate")
    rates = [row[4].value for row in table.rows if isinstance(row[4], Number)]
    known = [rate for rate in rates if rate is not None]
    if whole.value is None or len(known) < 2:
        return None
    below = sum(rate < whole.value for rate in known)
    words = _("{below} dari {all} wilayah berada di bawah UCJ {place} ({whole})")
    counts = {"below": Number(below, Kind.PLACE), "all": Number(len(rates), Kind.PLACE)}
    return sentence(words, place=place.label, whole=whole, **counts)


def _categories(place: PackPlace, table: Table) -> Sentence | None:
    people = place.now(key_of(MeasureCode.FUNDED))
    found = [(row[2].value, row) for row in table.rows if isinstance(row[2], Number) and row[2].value]
    if people.value is None or not found:
        return None
    _size, (category, _funding, most, *_rest) = max(found, key=lambda one: one[0])
    words = _("{people} peserta ditanggung iurannya, terbanyak {category} ({most} orang)")
    return sentence(words, people=people, category=category, most=most)


def _budget(place: PackPlace, _table: Table) -> Sentence | None:
    ceiling, paid = (
        place.now(key_of(code), Kind.RUPIAH) for code in (MeasureCode.ALLOCATED, MeasureCode.REALISED)
    )
    rate = place.now(key_of(MeasureCode.ABSORPTION), Kind.PERCENT, "rate")
    if rate.value is None:
        return None
    return sentence(
        _("{rate} pagu iuran sudah direalisasikan: {paid} dari {ceiling}"),
        **{"rate": rate, "paid": paid, "ceiling": ceiling},
    )


def _balance(place: PackPlace, _table: Table) -> Sentence | None:
    left = place.now(key_of(MeasureCode.BALANCE), Kind.RUPIAH)
    if not left.value:
        return None
    came, went = (
        place.now(key_of(code), Kind.RUPIAH) for code in (MeasureCode.CONTRIBUTIONS, MeasureCode.CLAIMS)
    )
    if left.value != subtracted(came, went).value:
        words = _("Saldo wilayah yang melaporkan iuran dan klaim {left} sejak Januari {year}")
        return sentence(words, left=left, year=str(place.month.year))
    if left.value > 0:
        words = _("Iuran melebihi klaim sebesar {left} sejak Januari {year}")
    else:
        words = _("Klaim melebihi iuran sebesar {left} sejak Januari {year}")
    return sentence(words, left=unsigned(left), year=str(place.month.year))


def _claims(place: PackPlace, _table: Table) -> Sentence | None:
    cases, paid = place.now(key_of(MeasureCode.CASES)), place.now(key_of(MeasureCode.CLAIMS), Kind.RUPIAH)
    if cases.value is None or paid.value is None:
        return None
    words = _("{cases} klaim senilai {paid} dibayarkan sejak Januari {year}")
    return sentence(words, cases=cases, paid=paid, year=str(place.month.year))


def _employers(place: PackPlace, _table: Table) -> Sentence | None:
    words = _("{some} dari {all} pemberi kerja yang diketahui sudah terdaftar ({rate})")
    return _share(place, MeasureCode.EMPLOYERS_REGISTERED, words)


def _projects(place: PackPlace, _table: Table) -> Sentence | None:
    words = _("{some} dari {all} paket jasa konstruksi yang diketahui sudah terdaftar ({rate})")
    return _share(place, MeasureCode.PROJECTS_REGISTERED, words)


def _share(place: PackPlace, code: MeasureCode, words: str) -> Sentence | None:
    key = key_of(code)
    some, every = place.now(key), place.now(key, part="denominator")
    rate = place.now(key, Kind.PERCENT, "rate")
    return None if rate.value is None else sentence(words, some=some, all=every, rate=rate)


def _construction(place: PackPlace, _table: Table) -> Sentence | None:
    people = place.now(key_of(MeasureCode.SEGMENT_COVERAGE, segment="jakon"))
    if people.value is None:
        return None
    return sentence(_("{people} pekerja jasa konstruksi terlindungi sebagai peserta aktif"), people=people)


def _counted(table: Table) -> Sentence | None:
    """Of what people wrote: how much of it there is."""
    words = {
        "regulations": _("{count} regulasi menjadi dasar perlindungan pekerja"),
        "projects": _("{count} proyek jasa konstruksi dipantau"),
        "obstacles": _("{count} kendala ditindaklanjuti"),
    }.get(table.key)
    return sentence(words, count=Number(len(table.rows), Kind.PLACE)) if words else None


_WORDS: Mapping[str, Callable[[PackPlace, Table], Sentence | None]] = {
    "coverage": _coverage,
    "trend": _trend,
    "segments": _segments,
    "rank": _rank,
    "categories": _categories,
    "budget": _budget,
    "balance": _balance,
    "claims": _claims,
    "employers": _employers,
    "construction": _construction,
    "construction_projects": _projects,
}
