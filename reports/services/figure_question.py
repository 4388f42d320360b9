"""Questions about a figure: asked, answered, settled; people are named in them by `@`."""

import re

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.nik import mask_digits
from regions.access import require, scope_of
from regions.enums import Verb
from regions.errors import FactRefused, NotPermitted, Problem
from regions.models import Region, User
from regions.personal_numbers import has_personal_number
from regions.roles import Permission
from regions.services.act import record_act
from reports.models import FigureQuestion, FigureReply, MeasureValue
from reports.selectors.figure_question import get_question, people_by_name
from reports.selectors.value import DIMENSIONS

LONGEST = 500
_NAMED = re.compile(r"(?<![\w@])@([\w.+-]*\w)")


@transaction.atomic
def ask_question(*, value: MeasureValue, text: str, by: User) -> FigureQuestion:
    """About a figure that the asker is told. The same open question of one person is asked once.

    Raises FactRefused, OutsideScope or NotPermitted.
    """
    region = value.run.region
    require(by, Permission.VIEW_COVERAGE, region.code)
    words, people = _checked(text, region)
    same = {name: getattr(value, name) for name in (*DIMENSIONS, "measure")}
    about = {"region": region, "period": value.run.period, **same}
    twin = FigureQuestion.objects.filter(**about, asked_by=by, text=words, settled_at=None).first()
    if twin is not None:
        return twin
    seen = {name: getattr(value, name) for name in ("numerator", "denominator", "rate")}
    question = FigureQuestion.objects.create(**about, **seen, text=words, asked_by=by)
    question.mentioned.add(*people)
    _note(question, Verb.RECORDED, by)
    return question


@transaction.atomic
def answer_question(*, pk: int, text: str, by: User) -> FigureReply:
    """Whoever is told of the figure may answer; what the asker adds is no answer yet.

    Raises FactRefused, OutsideScope.
    """
    get_question(by, pk)
    question = FigureQuestion.objects.select_for_update().get(pk=pk)
    if question.settled_at is not None:
        raise FactRefused([Problem(0, "text", _("Pertanyaan ini sudah selesai. Ajukan yang baru."))])
    words, people = _checked(text, question.region)
    last = question.replies.last()
    if last is not None and (last.written_by_id, last.text) == (by.pk, words):
        return last
    reply = FigureReply.objects.create(question=question, text=words, written_by=by)
    question.mentioned.add(*people)
    question.mentioned.remove(by)
    if by.pk != question.asked_by_id and question.answered_at is None:
        question.answered_at = reply.written_at
        question.save(update_fields=["answered_at"])
    _note(question, Verb.CORRECTED, by)
    return reply


@transaction.atomic
def settle_question(*, pk: int, by: User) -> FigureQuestion:
    """By who asked, or who hands the month in there. Settled twice is settled once.

    Raises OutsideScope, NotPermitted.
    """
    get_question(by, pk)
    question = FigureQuestion.objects.select_for_update().get(pk=pk)
    if not may_settle(by, question):
        raise NotPermitted(Permission.SUBMIT_MONTH)
    if question.settled_at is None:
        question.settled_by, question.settled_at = by, now()
        question.save(update_fields=["settled_by", "settled_at"])
        _note(question, Verb.CORRECTED, by)
    return question


def may_settle(user: User, question: FigureQuestion) -> bool:
    hands_in = scope_of(user).holds(Permission.SUBMIT_MONTH, question.region_id)
    return user.pk == question.asked_by_id or hands_in


def _checked(text: str, region: Region) -> tuple[str, list[User]]:
    """The words, and the people named in them. Raises FactRefused."""
    words = text.strip()
    names = list(dict.fromkeys(_NAMED.findall(words)))
    known = people_by_name(names, region)
    unknown = [name for name in names if name not in known]
    if sentence := _unfit(words, unknown):
        raise FactRefused([Problem(0, "text", sentence)])
    return words, list(known.values())


def _unfit(words: str, unknown: list[str]) -> str:
    if not words:
        return _("Tulis pertanyaan atau jawabannya.")
    if has_personal_number(words) or mask_digits(words) != words:
        return _(
            "Jangan menulis NIK, KPJ atau nomor telepon di sini: pesan ini dibaca orang lain. Hapus nomornya."
        )
    if len(words) > LONGEST:
        return _("Pesan paling banyak 500 karakter. Ringkas dahulu.")
    if unknown:
        return _("Tidak ada pengguna @%(name)s yang melihat angka wilayah ini. Periksa nama penggunanya.") % {
            "name": unknown[0]
        }
    return ""


def _note(question: FigureQuestion, verb: Verb, by: User) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{FigureQuestion._meta.verbose_name} #{question.pk}",
        region_code=question.region_id,
        detail={"measure": question.measure},
        months=[question.period],
    )
