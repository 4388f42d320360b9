"""Taking in what Dukcapil or BPJS Ketenagakerjaan answered about persons of a region."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile

import pghistory
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.enums import MatchResult
from participants.errors import PersonRefused
from participants.importers.matching import Answer, AnswerFault, read_answers
from participants.importers.refusal import ListRefused
from participants.importers.workbook import MOST_BYTES
from participants.models import Participant
from participants.nik import mask_digits
from regions.access import require
from regions.cipher import digests
from regions.enums import Verb
from regions.models import User
from regions.models.region import NATION
from regions.roles import Permission
from regions.services.act import record_act

_AT_ONCE = 5000
_SHOWN_FAULTS = 20


# Answers that are told only where they were given.
_SELDOM = {MatchResult.BIRTH_DIFFERS, MatchResult.NOT_MATCHING, MatchResult.NOT_RECORDED}
_ANSWERS = [status for status in MatchResult if status != MatchResult.NONE]


@dataclass(frozen=True)
class MatchingOutcome:
    """`counts` are persons per answer, `unknown` rows whose NIK no person of the region has."""

    rows: int
    counts: dict[str, int]
    unknown: int
    faults: tuple[AnswerFault, ...]
    fault_count: int
    # Whether anything was noted on anybody, and rows that are not named one by one.
    noted: int = 0
    more_faults: int = 0
    # Words of a status that were not understood, with the number of rows that have them.
    words: tuple[tuple[str, int], ...] = ()


@transaction.atomic
def take_matching(
    *, region_code: str, answered_on: date, source: str, file_name: str, content: bytes, by: User
) -> MatchingOutcome:
    """Note the answers on the persons of a region; who is said to have died is only marked.

    An older answer never replaces a newer one. Raises PersonRefused, OutsideScope or NotPermitted.
    """
    require(by, Permission.ENTER_PERSONS, region_code)
    if answered_on > localdate():
        raise PersonRefused(_("Tanggal jawaban ini belum tiba. Isi tanggal surat jawabannya."))
    source = mask_digits(source)
    answers, faults = _read(content, file_name)
    counts: Counter[str] = Counter()
    found: set[bytes] = set()
    with pghistory.context(user=by.pk, reason=source):
        for status in _ANSWERS:
            wanted = [nik for nik, said in answers.items() if said == status]
            if not wanted and status in _SELDOM:
                continue
            known = _mark(region_code, wanted, status, answered_on)
            counts[status.value] = len(known)
            found |= known
    outcome = MatchingOutcome(
        rows=len(answers) + len(faults),
        counts=dict(counts),
        unknown=len(answers) - len(found),
        faults=tuple(faults[:_SHOWN_FAULTS]),
        fault_count=len(faults),
        noted=sum(counts.values()),
        more_faults=max(0, len(faults) - _SHOWN_FAULTS),
        words=tuple(Counter(fault.words for fault in faults if fault.words).most_common(_SHOWN_FAULTS)),
    )
    record_act(
        by=by,
        verb=Verb.IMPORTED,
        subject=str(Participant._meta.get_field("match_result").verbose_name),
        region_code=region_code,
        detail={**outcome.counts, "unknown": outcome.unknown, "refused": len(faults), "source": source},
    )
    return outcome


def _read(content: bytes, file_name: str) -> tuple[dict[str, MatchResult], list[AnswerFault]]:
    """NIK → the answer about it, and the rows that say nothing usable."""
    if len(content) > MOST_BYTES:
        raise PersonRefused(
            _("Berkas lebih besar dari %(most)s MB. Bagi daftarnya menjadi beberapa berkas.")
            % {"most": MOST_BYTES // 2**20}
        )
    found = _Answers()
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            for row in read_answers(Path(f"/dev/fd/{file.fileno()}"), Path(file_name).stem):
                found.take(row)
        except ListRefused as refused:
            raise PersonRefused(refused.sentence) from refused
    return {nik: answer.status for nik, answer in found.answers.items()}, [
        *found.contradictions,
        *found.faults,
    ]


@dataclass
class _Answers:
    """Answers by NIK. Where rows of one NIK do not agree, none of them is believed."""

    answers: dict[str, Answer] = field(default_factory=dict)
    faults: list[AnswerFault] = field(default_factory=list)
    contradictions: list[AnswerFault] = field(default_factory=list)
    _doubted: dict[str, tuple[str, int]] = field(default_factory=dict)

    def take(self, row: Answer | AnswerFault) -> None:
        digits = row.nik.digits if row.nik else ""
        known = self.answers.get(digits)
        if isinstance(row, AnswerFault):
            self.faults.append(row)
            if row.words and known:
                self._doubt(digits, known, row)
            elif row.words and digits:
                self._doubted.setdefault(digits, (row.sheet, row.row))
        elif digits in self._doubted:
            self.contradictions.append(_contradiction(row.sheet, row.row, *self._doubted[digits]))
        elif known and known.status != row.status:
            self._doubt(digits, known, row)
            self.contradictions.append(_contradiction(row.sheet, row.row, known.sheet, known.row))
        else:
            self.answers.setdefault(digits, row)

    def _doubt(self, digits: str, known: Answer, other: Answer | AnswerFault) -> None:
        del self.answers[digits]
        self._doubted[digits] = (known.sheet, known.row)
        self.contradictions.append(_contradiction(known.sheet, known.row, other.sheet, other.row))


def _contradiction(sheet: str, row: int, other_sheet: str, other_row: int) -> AnswerFault:
    message = _(
        'NIK ini berstatus lain di lembar "%(sheet)s", baris %(row)s, maka tidak satu pun dicatat. '
        "Tanyakan mana yang benar, lalu kirim satu baris saja."
    )
    return AnswerFault(sheet, row, message % {"sheet": other_sheet, "row": other_row})


def _mark(region_code: str, niks: Iterable[str], status: MatchResult, on: date) -> set[bytes]:
    """The digests of the persons whom the answers are about."""
    within_region = Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}.")
    if region_code == NATION:
        within_region = Q()
    known: set[bytes] = set()
    rest = iter(niks)
    while chunk := list(islice(rest, _AT_ONCE)):
        wanted = [one for nik in chunk for one in digests(nik)]
        persons = Participant.objects.filter(within_region, nik_digest__in=wanted)
        known.update(bytes(one) for one in persons.values_list("nik_digest", flat=True))
        older = Q(matched_on=None) | Q(matched_on__lt=on) | (Q(matched_on=on) & ~Q(match_result=status))
        persons.filter(older).update(match_result=status, matched_on=on, changed_at=now())
    return known
