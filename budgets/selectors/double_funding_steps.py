"""What is to be done where two pay for one person: who asks whom, and what follows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.selectors.double_funding import Doubled, Line, Payer
from participants.models import Participant
from regions.formats import rupiah


@dataclass(frozen=True)
class RemedyStep:
    """One step in words, and the page on which it is taken."""

    words: str
    url: str = ""
    url_label: str = ""


def letter_lines(doubled: Doubled) -> list[Line]:
    """The runs of months about which somebody is written to: the newest of each payer who should stop."""
    newest = {line.drops: line for line in doubled.lines}
    return list(newest.values())


def addressee(payer: Payer) -> str:
    """To whom a letter goes. Who pays in another region only the branch office knows."""
    if payer.is_hidden:
        return _("%(payer)s melalui kantor cabang BPJS Ketenagakerjaan") % {"payer": payer.called}
    return f"{payer.institution or payer.words}, {payer.region}"


def stays_words(line: Line) -> str:
    return _(" dan ").join(payer.called if payer.is_hidden else payer.words for payer in line.stays)


def steps_of(person: Participant, doubled: Doubled, *, may_enter: bool) -> list[RemedyStep]:
    lines = letter_lines(doubled)
    asking = [_asking(person, line) for line in lines]
    return [_looking(person), *asking, *_ending(person, lines, may_enter), *_money(doubled)]


def _looking(person: Participant) -> RemedyStep:
    return RemedyStep(
        _("Pastikan kedua kepesertaan benar milik orang yang sama dan bulannya benar."),
        f"{reverse('person_detail', args=[person.pk])}#masa",
        _("Lihat masa kepesertaan"),
    )


def _asking(person: Participant, line: Line) -> RemedyStep:
    """The region that lists the person asks who should stop, and says who goes on paying."""
    words = _("%(region)s meminta %(drops)s berhenti membayar iurannya; %(stays)s tetap membayar.")
    told = {
        "region": person.region.full_label,
        "drops": addressee(line.drops),
        "stays": stays_words(line),
    }
    return RemedyStep(words % told)


def _ending(person: Participant, lines: list[Line], may_enter: bool) -> Iterator[RemedyStep]:
    """Each region ends what it recorded itself."""
    url = reverse("person_event", args=[person.pk]) if may_enter else ""
    for payer in (line.drops for line in lines):
        if payer.is_hidden:
            yield RemedyStep(
                _("Pihak di wilayah lain mengakhiri datanya sendiri. Setelah itu bulan gandanya berhenti.")
            )
            continue
        words = _("Setelah disetujui, akhiri kepesertaan %(category)s yang dibayar dari %(payer)s.")
        told = {"category": payer.category, "payer": payer.words}
        yield RemedyStep(words % told, url, _("Catat peristiwa") if url else "")


def _money(doubled: Doubled) -> Iterator[RemedyStep]:
    if doubled.rupiah:
        words = _(
            "Tanyakan kepada kantor cabang BPJS Ketenagakerjaan apakah %(rupiah)s yang terlanjur dibayar "
            "dapat diperhitungkan pada tagihan berikutnya."
        )
        yield RemedyStep(words % {"rupiah": rupiah(doubled.rupiah)})
