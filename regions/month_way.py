"""Which steps the month of a region takes, in which order and by whom; and what stands in a person's way.

A way is data: the rule of the region says it, and what was submitted keeps the way it was submitted under.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regions.access import Scope
from regions.enums import LOCKED_STATES, MonthState, Verb
from regions.formats import moment
from regions.models.reporting_month import MonthRule, ReportingMonth
from regions.month_steps import (
    CHECKS,
    CLOSE,
    COMPLETE,
    RETURN,
    SIGNED,
    SUBMIT,
    TRANSITIONS,
    UNCOMPLETE,
    VERIFY,
    Transition,
)
from regions.roles import Role, roles_with

DRAFTS = frozenset({MonthState.OPEN, MonthState.RETURNED, MonthState.REOPENED})


@dataclass(frozen=True)
class Taker:
    """A role that takes a step; `from_above`: held at the province or the nation."""

    role: Role
    from_above: bool = False

    @property
    def label(self) -> str:
        role = str(self.role.label)
        return _("%(role)s tingkat provinsi atau nasional") % {"role": role} if self.from_above else role


@dataclass(frozen=True)
class WayStep:
    step: Transition
    taker: Taker

    @property
    def stored(self) -> dict[str, Any]:
        return {
            "verb": self.step.verb.value,
            "role": self.taker.role.value,
            "from_above": self.taker.from_above,
        }

    @property
    def label(self) -> str:
        """`Verifikasi (Perencana)`."""
        return f"{self.step.label} ({self.taker.label})"


@dataclass(frozen=True)
class MonthWay:
    """The further steps of a month, from submitting to closing; before them it is said to be complete."""

    further: tuple[WayStep, ...]

    @property
    def order(self) -> list[Transition]:
        return [COMPLETE, *(one.step for one in self.further)]

    @property
    def states(self) -> list[MonthState]:
        return [MonthState.OPEN, *(step.target for step in self.order)]

    @property
    def stored(self) -> list[dict[str, Any]]:
        return [one.stored for one in self.further]

    @property
    def words(self) -> str:
        """`Ajukan (Verifikator) → Verifikasi (Kepala Cabang) → …`."""
        return " → ".join(one.label for one in self.further)

    def has(self, step: Transition) -> bool:
        return step in {*self.order, UNCOMPLETE, RETURN}

    def sources(self, step: Transition) -> frozenset[MonthState]:
        """The states from which the step is taken."""
        if step is COMPLETE:
            return DRAFTS
        if step is UNCOMPLETE:
            return frozenset({COMPLETE.target})
        if step is RETURN:
            return frozenset(one.step.target for one in self.further if one.step is not CLOSE)
        states = self.states
        return frozenset({states[states.index(step.target) - 1]}) if self.has(step) else frozenset()

    def takers(self, step: Transition) -> list[Taker]:
        """Who takes it, beside administrators. Whoever checks or closes sends back what was handed in."""
        if step in {COMPLETE, UNCOMPLETE}:
            return [Taker(role) for role in roles_with(step.permission) if role != Role.ADMINISTRATOR]
        if step is RETURN:
            return list(dict.fromkeys(one.taker for one in self.further if one.step is not SUBMIT))
        return [one.taker for one in self.further if one.step is step]

    def may_take(self, scope: Scope, step: Transition, code: str) -> bool:
        """Whether a role that this person holds there takes the step; administrators take all."""
        roles = {(taker.role, taker.from_above) for taker in self.takers(step)}
        roles |= {(Role.ADMINISTRATOR, from_above) for _role, from_above in roles}
        return any(scope.acts_as(role, code, from_above=above) for role, above in roles)

    def next_step(self, state: MonthState) -> Transition | None:
        """The step that brings a month on from here; None where it is closed."""
        return next((step for step in self.order if state in self.sources(step)), None)

    def stages(self, state: MonthState) -> list[tuple[MonthState, bool]]:
        """Each state of the way, with whether it has been reached; what came back begins anew."""
        states = self.states
        if state not in states:
            return [(state, True), *((one, False) for one in states[1:])]
        return [(one, at <= states.index(state)) for at, one in enumerate(states)]

    def makers(self, step: Transition, rule: MonthRule) -> list[Transition]:
        """Steps of the round whose takers may not take this one.

        Whoever checked may close, unless the rule asks for another: closing checks nothing anew.
        """
        if step not in {SUBMIT, *CHECKS}:
            return []
        before = [one for one in self.order[: self.order.index(step)] if one in SIGNED]
        if step is CLOSE and not rule.separate_closer:
            return [one for one in before if one not in CHECKS]
        return before


def way_from(stored: Iterable[Mapping[str, Any]]) -> MonthWay:
    """The usual way where nothing is stored."""
    steps = tuple(
        WayStep(TRANSITIONS[Verb(one["verb"])], Taker(Role(one["role"]), bool(one["from_above"])))
        for one in stored
    )
    return MonthWay(steps) if steps else USUAL_WAY


# Roles that a rule may name: operators enter, auditors stand beside, administrators may take every step.
TAKING = (Role.SUPERVISOR, Role.PLANNER, Role.BRANCH_HEAD, Role.VIEWER)
TAKERS = [Taker(role, from_above) for from_above in (False, True) for role in TAKING]

USUAL_WAY = MonthWay(
    (
        WayStep(SUBMIT, Taker(Role.SUPERVISOR)),
        WayStep(VERIFY, Taker(Role.BRANCH_HEAD)),
        WayStep(CLOSE, Taker(Role.BRANCH_HEAD)),
    )
)


def way_of(row: ReportingMonth, rule: MonthRule) -> MonthWay:
    """What was handed in keeps the way of that day; what was not yet, or came back, goes by the rule."""
    return way_from(row.steps if row.state in LOCKED_STATES else rule.steps)


def hindrance(
    transition: Transition,
    row: ReportingMonth,
    rule: MonthRule,
    user_id: int,
    changers: Collection[int] = (),
) -> str:
    """Why this person may not take the step now though their role allows it; empty where they may.

    `changers` changed what the month says since it was closed or reopened; ask only where `needs_changers`.
    """
    way = way_of(row, rule)
    if not way.has(transition):
        return _("Langkah ini tidak ada dalam aturan bulan laporan wilayah ini: %s.") % way.words
    if row.state not in way.sources(transition):
        return _elsewhere(row)
    return _own_hand(transition, way.makers(transition, rule), row, user_id, changers)


def _own_hand(
    transition: Transition,
    makers: Collection[Transition],
    row: ReportingMonth,
    user_id: int,
    changers: Collection[int],
) -> str:
    """Why whoever made or checked the month in this round may not take the step."""
    made = [one for one in makers if getattr(row, f"{one.signer}_id") == user_id]
    if any(one not in CHECKS for one in made):
        return _(
            "Tindakan ini harus dilakukan oleh orang selain pembuatnya, misalnya rekan atau atasan Anda."
        )
    if transition in CHECKS and user_id in changers:
        return _(
            "Anda mengubah angka bulan ini sesudah bulan itu ditutup atau dibuka kembali. Yang "
            "memeriksa harus orang lain; minta kepala cabang atau administrator lain."
        )
    if made and transition is CLOSE:
        return _("Menurut aturan wilayah ini, penutup harus orang lain daripada pemverifikasi.")
    if made:
        return _(
            "Anda sudah memeriksa bulan ini pada langkah “%(step)s”. Langkah ini harus dilakukan oleh orang "
            "lain, supaya setiap pemeriksaan benar-benar baru."
        ) % {"step": made[0].label}
    return ""


def _elsewhere(row: ReportingMonth) -> str:
    if row.pk is None:
        return _("Bulan ini masih draf. Nyatakan lengkap dahulu.")
    told = _(
        "Bulan ini berstatus “%(state)s” sejak %(since)s (%(who)s), sehingga tindakan itu belum dapat "
        "dilakukan."
    )
    return told % {
        "state": row.get_state_display(),
        "since": moment(row.changed_at),
        "who": row.changed_by or _("sistem"),
    }
