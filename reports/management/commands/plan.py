import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import CommandError, CommandParser

from budgets.errors import PlanRefused
from budgets.planning.answer import PlanAnswer
from budgets.planning.asked import PlanAsked
from budgets.planning.outlook import coverage_by_month
from budgets.planning.process import SolverStopped, solve_apart
from budgets.planning.question import WHOLE, Goal
from budgets.planning.staged import read_year
from budgets.selectors.planning.scenario import planned_codes
from budgets.selectors.planning.source import usual_source
from budgets.selectors.planning.stated import Grounds, Stated, state
from budgets.selectors.planning.term import least_months
from budgets.services.staged_plan import solve_stages
from regions.prepared import PreparedCommand
from regions.selectors.region import find_region
from reports.selectors.plans.base import coverage_bases, covered_people_of

_MOST_YEARS = 5


class Command(PreparedCommand):
    help = "Menyusun rencana: siapa yang dibiayai, berapa bulan, dari sumber dana mana, dengan pagu yang ada."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", required=True, metavar="KODE")
        parser.add_argument("--year", required=True, type=int, metavar="TAHUN")
        parser.add_argument("--ceiling", type=int, metavar="RP", help="Pagu seluruh sumber dana.")
        parser.add_argument("--target", metavar="PERSEN", help="Target UCJ pada akhir tahun.")
        parser.add_argument(
            "--source",
            action="append",
            default=[],
            metavar="KODE[=RP]",
            help="Sumber dana, dengan pagunya sendiri; boleh berulang. Bawaan: APBD wilayah itu.",
        )
        parser.add_argument("--category", action="append", default=[], metavar="KODE")
        parser.add_argument("--mandatory", action="append", default=[], metavar="KODE")
        parser.add_argument("--first", type=int, default=1, choices=range(1, 13), metavar="BULAN")
        parser.add_argument("--least-months", type=int, metavar="BULAN")
        parser.add_argument(
            "--stage",
            action="append",
            default=[],
            type=int,
            metavar="RP",
            help="Pagu tahun pertama, kedua, …: rencana bertahap; berulang, paling banyak lima.",
        )
        parser.add_argument("--rate", type=int, metavar="RP", help="Menggantikan tarif, per orang per bulan.")
        parser.add_argument("--goal", choices=[goal.value for goal in Goal])
        parser.add_argument("--renew", action="store_true", help="Yang sudah terlindungi ikut dibiayai.")
        parser.add_argument("--seconds", type=float, default=20.0, metavar="DETIK")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        region = find_region(options["region"])
        if region is None:
            raise CommandError(f"Wilayah {options['region']} tidak dikenal. Contoh: --region 36.72")
        asked = _asked(options, usual_source(region.level))
        try:
            codes = planned_codes(region)
            covered = covered_people_of(None, codes, asked.year)
            bases = coverage_bases(None, codes, asked.year)
            first = asked.first_year
            stated = state(first, Grounds.read(first, codes, bases, covered))
        except PlanRefused as refused:
            self._tell({"status": "refused", "why": refused.sentence}, as_json)
            return
        try:
            answer = solve_apart(stated.question)
            years = solve_stages(asked, codes, bases, covered, lambda: None) if asked.is_staged else []
        except SolverStopped as stopped:
            raise CommandError(
                "Pencarian dihentikan sebelum ada rencana. Beri waktu lebih: --seconds"
            ) from stopped
        told = _told(asked, stated, answer)
        self._tell({**told, "years": [_year(one) for one in years]} if years else told, as_json)

    def _tell(self, told: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=float))
            return
        for name, value in told.items():
            rows = value if isinstance(value, list) else [value]
            self.stdout.write(f"{name}:")
            for row in rows:
                self.stdout.write(f"  {row}")


def _asked(options: dict[str, Any], usual: str) -> PlanAsked:
    ceilings: dict[str, int] = {}
    for told in options["source"] or [usual]:
        source, _sign, rupiah = told.partition("=")
        # A source without a ceiling of its own is bound by that of all.
        ceilings[source] = _whole(rupiah) if rupiah else -1
    stages = tuple(options["stage"])
    if len(stages) == 1 or len(stages) > _MOST_YEARS or any(rupiah < 0 for rupiah in stages):
        raise CommandError("Isi --stage dua sampai lima kali, masing-masing pagu satu tahun.")
    if stages and options["ceiling"] is not None:
        raise CommandError("Pilih salah satu: --ceiling untuk satu tahun, --stage untuk beberapa tahun.")
    if stages:
        ceilings[WHOLE] = stages[0]
    if options["ceiling"] is not None:
        if options["ceiling"] < 0:
            raise CommandError("--ceiling tidak boleh negatif.")
        ceilings[WHOLE] = options["ceiling"]
    target = _percent(options["target"]) if options["target"] else None
    has_ceiling = any(rupiah >= 0 for rupiah in ceilings.values())
    goal = Goal(options["goal"]) if options["goal"] else Goal.PEOPLE if has_ceiling else Goal.COST
    first = options["first"] - 1
    least = options["least_months"] or least_months(options["year"])
    return PlanAsked(
        region=options["region"],
        year=options["year"],
        ceilings=ceilings,
        target=target,
        goal=goal,
        first=first,
        least_months=least,
        categories=tuple(options["category"]),
        mandatory=tuple(options["mandatory"]),
        renews=options["renew"],
        rate=options["rate"],
        seconds=options["seconds"],
        stages=stages,
    )


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CommandError(f"“{text}” bukan rupiah. Contoh: --source apbd_kabkota=2000000000") from error


def _percent(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", ".").removesuffix("%"))
    except InvalidOperation as error:
        raise CommandError(f"“{text}” bukan persen. Contoh: --target 55") from error
    if not 0 < found <= 100:
        raise CommandError("Target UCJ harus di atas 0 sampai 100 persen.")
    return found


def _year(told: dict[str, Any]) -> dict[str, Any]:
    year = read_year(told)
    groups = told["groups"]
    return {
        "year": told["year"],
        "ceiling": told["ceiling"],
        "people": year.people,
        "renewed": sum(line.people for line in year.renewed),
        "dropped": year.dropped,
        "rupiah": year.rupiah,
        "ucj": None if told["ucj"] is None else float(told["ucj"]),
        "missing": told["missing"],
        "lines": [
            {
                "region": groups[line.group]["region"],
                "category": groups[line.group]["category"],
                "source": line.source,
                "first": line.first + 1,
                "months": line.months,
                "people": line.people,
                "rupiah": line.rupiah,
            }
            for line in year.lines
        ],
    }


def _told(asked: PlanAsked, stated: Stated, answer: PlanAnswer) -> dict[str, Any]:
    people = answer.people[-1]
    ucj = coverage_by_month(asked, list(stated.bases.values()), answer.people)
    return {
        "status": answer.status,
        "objective": answer.objective,
        "gap": answer.gap,
        "people": people,
        "rupiah": answer.rupiah,
        "ucj": [None if value is None else float(value) for value in ucj],
        "lines": [
            {
                "region": stated.lines[line.group].region,
                "category": stated.lines[line.group].category,
                "source": line.source,
                "first": line.first + 1,
                "months": line.months,
                "people": line.people,
                "rupiah": line.rupiah,
            }
            for line in answer.lines
        ],
        "binding": _binding(stated, answer),
        "shortfalls": [
            {"wish": short.wish, "wanted": short.wanted, "given": short.given} for short in answer.shortfalls
        ],
        "needed_rupiah": answer.conflict.rupiah if answer.conflict else None,
        "one_million_more": {source or "all": gained for source, gained in (answer.more or {}).items()},
        "curve": [{"ceiling": point.ceiling, "objective": point.value} for point in answer.curve],
        "unpriced": sorted({line.category for line in stated.unpriced}),
    }


def _binding(stated: Stated, answer: PlanAnswer) -> list[str]:
    """Ceilings that are used up, and groups of which nobody is left."""
    ceilings = [f"ceiling:{source or 'all'}" for source in answer.binding]
    covered = [f"need:{stated.question.groups[place].key}" for place in answer.covered]
    return [*ceilings, *covered]
