import json
from typing import Any

from django.core.management.base import CommandParser

from budgets.errors import TariffRefused
from budgets.price import PriceAsked
from budgets.selectors.calculator import Calculation, TariffQuestion, calculate
from budgets.selectors.rate import load_tariff
from participants.enums import Programme, Segment
from participants.models import Category, FundingSource
from regions.month import parse_month
from regions.prepared import PreparedCommand


class Command(PreparedCommand):
    help = "Menghitung iuran sebulan, satu proyek, atau satu perjanjian kerja menurut aturan bulannya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--segment", required=True, metavar="|".join(Segment.values))
        parser.add_argument("--month", required=True, metavar="TTTT-BB")
        parser.add_argument("--programmes", required=True, metavar="jkk,jkm")
        parser.add_argument("--category", default="", metavar="KODE")
        parser.add_argument("--payer", default="", metavar="SUMBER_DANA")
        parser.add_argument("--wage", type=int, metavar="RP")
        parser.add_argument("--risk", type=int, choices=range(1, 6), metavar="1..5")
        parser.add_argument(
            "--income", type=int, metavar="RP", help="Penghasilan BPU; kosong: lapis terendah."
        )
        parser.add_argument("--contract", type=int, metavar="RP", help="Nilai kontrak Jakon sebelum PPN.")
        parser.add_argument("--contract-months", type=int, metavar="BULAN", help="Lama perjanjian kerja PMI.")
        parser.add_argument("--individual", action="store_true", help="PMI perseorangan.")
        parser.add_argument("--labour-intensive", action="store_true", help="Industri padat karya tertentu.")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        try:
            answer = _answer(calculate(_question(options)))
        except TariffRefused as refused:
            answer = {"refused": refused.sentence}
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for part in answer.get("parts", ()):
            self.stdout.write("  ".join(str(value) for value in part.values()))
        self.stdout.write(str(answer.get("total", answer.get("refused"))))


def _answer(result: Calculation) -> dict[str, Any]:
    if result.total is None or not result.rows:
        reasons = [f"{programme}: {why}." for programme, why in result.unknown]
        raise TariffRefused(" ".join(reasons) or "Tidak ada iuran untuk pertanyaan ini.")
    parts = [
        {
            "programme": row.part.programme,
            "rupiah": row.part.rupiah,
            "employer": row.part.employer,
            "worker": row.part.worker,
            "law": row.part.law,
            "formula": row.part.formula,
        }
        for row in result.rows
    ]
    return {"parts": parts, "total": result.total}


def _question(options: dict[str, Any]) -> TariffQuestion:
    """Raises TariffRefused for words that nothing is called by."""
    segment = _one_of(options["segment"].lower(), Segment.values, "Segmen")
    category = _category(options["category"])
    if category and category.segment == Segment.PU and segment == Segment.BPU:
        # Interns and prisoners at work too: the law has them pay as wage earners do.
        segment = Segment.PU.value
    amounts = {
        name: _positive(options[name], name) for name in ("wage", "income", "contract", "contract_months")
    }
    asked = PriceAsked(
        wage=amounts["wage"],
        risk_class=options["risk"],
        income=amounts["income"],
        government=_is_government(options),
        transport=bool(category) and load_tariff().is_transport(options["category"]),
        labour_intensive=options["labour_intensive"],
    )
    return TariffQuestion(
        segment=segment,
        programmes=_programmes(options["programmes"]),
        asked=asked,
        first_month=_month(options["month"]),
        months=1,
        people=1,
        contract=amounts["contract"],
        contract_months=amounts["contract_months"],
        through_firm=not options["individual"],
    )


def _one_of(word: str, known: list[str], what: str) -> str:
    if word not in known:
        raise TariffRefused(f"{what} “{word}” tidak dikenal. Pilih salah satu: {', '.join(known)}.")
    return word


def _programmes(text: str) -> tuple[str, ...]:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if not words:
        raise TariffRefused("Sebutkan paling sedikit satu program, misalnya jkk,jkm.")
    return tuple(dict.fromkeys(_one_of(word, Programme.values, "Program") for word in words))


def _month(text: str) -> Any:
    try:
        return parse_month(text)
    except ValueError as error:
        raise TariffRefused(f"Bulan {text} tidak dikenal. Contoh: --month 2025-07") from error


def _positive(number: int | None, name: str) -> int | None:
    if number is not None and number <= 0:
        raise TariffRefused(f"--{name.replace('_', '-')} harus lebih dari nol.")
    return number


def _category(code: str) -> Category | None:
    found = Category.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise TariffRefused(f"Kategori “{code}” tidak dikenal.")
    return found


def _is_government(options: dict[str, Any]) -> bool:
    """Who is not named is the state, unless it is an employer's industry that is asked about."""
    if not options["payer"]:
        return not options["labour_intensive"]
    found = FundingSource.objects.filter(code=options["payer"]).first()
    if found is None:
        raise TariffRefused(f"Sumber dana “{options['payer']}” tidak dikenal.")
    return found.is_government
