"""A plan as the solver is asked: what a region needs, what it costs, and the wishes of who asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from budgets.errors import PlanRefused
from budgets.planning.asked import Base, PlanAsked
from budgets.planning.outlook import grown, members_by_month, workers_by_month
from budgets.planning.question import DECEMBER, MONTHS, WHOLE, Goal, PlanGroup, PlanQuestion, PlanRoom, Wish
from budgets.selectors.planning.need import Covered, NeedLine, list_needs
from budgets.selectors.planning.price import PriceBook
from participants.pace import needed_members
from regions.number import grouped

# Below so many groups the best plan is searched to its proof; above, a thousandth is near enough.
_SMALL = 400
_NEAR = 0.001
_STEP = 1_000_000
_CURVE = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
# Which wishes are kept first where not all can be met.
MANDATORY, FLOOR, TARGET = 0, 1, 2


@dataclass(frozen=True)
class Stated:
    """`lines` are the groups of the question, in its order; `unpriced` those whose price is not known."""

    question: PlanQuestion
    lines: list[NeedLine]
    unpriced: list[NeedLine]
    bases: dict[str, Base]
    laws: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        return {
            "lines": [
                asdict(line) | {"left": need[DECEMBER], "prices": {k: list(v) for k, v in prices.items()}}
                for line, need, prices in (
                    (line, group.need, group.prices)
                    for line, group in zip(self.lines, self.question.groups, strict=True)
                )
            ],
            "unpriced": [asdict(line) for line in self.unpriced],
            "bases": {code: asdict(base) for code, base in self.bases.items()},
            "laws": self.laws,
        }


@dataclass(frozen=True)
class Grounds:
    """What is known of the place, read once: a plan and what it hangs on are asked of the same."""

    codes: Sequence[str]
    bases: Mapping[str, Base]
    needs: list[NeedLine]
    book: PriceBook
    # How many years after the first one of the plan.
    years: int = 0

    @classmethod
    def read(
        cls,
        asked: PlanAsked,
        codes: Sequence[str],
        bases: Mapping[str, Base],
        covered: Covered,
        years: int = 0,
    ) -> "Grounds":
        """Raises PlanRefused for what nobody may ask."""
        refuse_asked(asked)
        known = {code: bases[code] for code in codes if code in bases}
        book = PriceBook.load(asked.year, [source for source in asked.ceilings if source != WHOLE])
        needs = [
            replace(line, wanted=grown(line.wanted, asked, years))
            for line in list_needs(codes, asked.year, covered)
        ]
        return cls(codes, known, needs, book, years)


def state(asked: PlanAsked, grounds: Grounds) -> Stated:
    """Raises PlanRefused where nothing can be planned, with what is missing."""
    needs = [line for line in grounds.needs if not asked.categories or line.category in asked.categories]
    if not needs:
        raise PlanRefused(
            _(
                "Belum diketahui berapa pekerja setiap kategori di wilayah ini. Catat jumlah pekerja per "
                "kategori atau target kategori lebih dahulu, beserta sumbernya."
            )
        )
    lines, groups, unpriced = _groups(asked, needs, grounds.book)
    _refuse_floors(asked, groups)
    is_limited = asked.goal != Goal.COST
    question = PlanQuestion(
        groups=tuple(groups),
        ceilings={source: rupiah for source, rupiah in asked.ceilings.items() if rupiah >= 0},
        goal=asked.goal,
        wishes=tuple(_wishes(asked, groups, grounds)),
        rooms=tuple(_rooms(asked, grounds, lines)),
        seconds=asked.seconds,
        gap=0.0 if len(groups) <= _SMALL else _NEAR,
        step=_STEP if is_limited else 0,
        curve=_CURVE if is_limited else (),
    )
    return Stated(question, lines, unpriced, dict(grounds.bases), grounds.book.laws())


def _groups(
    asked: PlanAsked, needs: Sequence[NeedLine], book: PriceBook
) -> tuple[list[NeedLine], list[PlanGroup], list[NeedLine]]:
    """Lines with a price and their groups, in one order; and lines that only lack a price."""
    lines: list[NeedLine] = []
    groups: list[PlanGroup] = []
    unpriced: list[NeedLine] = []
    for line in needs:
        prices = {source: book.of(asked, line, source) for source in book.sources}
        priced = {source: months for source, months in prices.items() if any(months)}
        if priced:
            left = line.wanted if asked.renews else line.left
            group = PlanGroup(
                line.region,
                line.category,
                (left,) * MONTHS,
                priced,
                first=asked.first,
                least_months=asked.least_months,
            )
            lines.append(line)
            groups.append(group)
        elif any(book.may_ever_pay(source, line.category) for source in book.sources):
            unpriced.append(line)
    return lines, groups, unpriced


def refuse_asked(asked: PlanAsked) -> None:
    if asked.target is not None and not 0 < asked.target <= 100:
        raise PlanRefused(_("Target UCJ harus di atas 0 sampai 100 persen."), "target")
    if not any(source != WHOLE for source in asked.ceilings):
        raise PlanRefused(_("Pilih paling sedikit satu sumber dana."), "ceilings")
    if asked.goal == Goal.COST and asked.target is None and not asked.mandatory and not asked.floors:
        raise PlanRefused(
            _("Biaya terendah memerlukan tujuan: isi target UCJ, kategori wajib, atau jumlah terkecil."),
            "target",
        )
    if asked.goal != Goal.COST and not any(rupiah >= 0 for rupiah in asked.ceilings.values()):
        raise PlanRefused(_("Isi pagu, atau pilih tujuan “biaya terendah” dan isi target."), "ceilings")
    if asked.is_staged and asked.goal == Goal.COST:
        raise PlanRefused(
            _(
                "Rencana bertahap dibatasi kemampuan anggaran setiap tahun: pilih orang atau bulan "
                "sebanyak-banyaknya."
            ),
            "goal",
        )
    if asked.least_months > asked.months:
        raise PlanRefused(
            _("Dari bulan itu tersisa %(left)s bulan, kurang dari lama paling singkat %(least)s bulan.")
            % {"left": asked.months, "least": asked.least_months},
            "least_months",
        )


def _refuse_floors(asked: PlanAsked, groups: Sequence[PlanGroup]) -> None:
    """More people than there are without cover are no wish but a slip of the pen."""
    for category, people in asked.floors.items():
        left = sum(group.need[DECEMBER] for group in groups if group.category == category)
        if people > left:
            raise PlanRefused(
                _("Paling sedikit %(people)s orang melebihi yang belum terlindungi (%(left)s).")
                % {"people": grouped(people), "left": grouped(left)},
                f"floor_{category}",
            )


def _wishes(asked: PlanAsked, groups: Sequence[PlanGroup], grounds: Grounds) -> Iterator[Wish]:
    for place, group in enumerate(groups):
        if group.category in asked.mandatory:
            yield Wish(f"mandatory|{group.key}", MANDATORY, (place,), DECEMBER, group.need[DECEMBER])
    for category, people in asked.floors.items():
        places = tuple(place for place, group in enumerate(groups) if group.category == category)
        yield Wish(f"floor|{category}", FLOOR, places, DECEMBER, people)
    if asked.target is None:
        return
    if missing := [code for code in grounds.codes if code not in grounds.bases]:
        raise PlanRefused(
            _(
                "Target UCJ memerlukan cakupan seluruh wilayah; cakupan %(count)s wilayah belum diketahui. "
                "Lengkapi peserta aktif dan jumlah pekerjanya, atau kosongkan target."
            )
            % {"count": len(missing)},
            "target",
        )
    today = list(grounds.bases.values())
    members, workers = members_by_month(asked, today)[-1], workers_by_month(asked, today)[-1]
    wanted = max(0, needed_members(asked.target, workers) - members)
    yield Wish("target", TARGET, tuple(range(len(groups))), DECEMBER, wanted)


def _rooms(asked: PlanAsked, grounds: Grounds, lines: Sequence[NeedLine]) -> Iterator[PlanRoom]:
    """Somebody of two categories is one worker: never more than the region has without cover."""
    for code, base in grounds.bases.items():
        covered = sum(line.covered for line in lines if line.region == code) if asked.renews else 0
        workers = workers_by_month(asked, [base], grounds.years)
        members = members_by_month(asked, [base], grounds.years)
        yield PlanRoom(
            code,
            tuple(max(0, whole - inside + covered) for whole, inside in zip(workers, members, strict=True)),
        )
