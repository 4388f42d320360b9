from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from budgets.services.legal_basis import link_lines
from budgets.services.reference import load_contribution_rates
from participants.services.legal_basis import link_categories
from participants.services.reference import load_categories, load_funding_sources, load_overlap_allowances
from regions.prepared import PreparedCommand
from regions.services.office import load_institutions, load_offices
from regions.services.region import load_regions
from regions.services.regulation_reference import load_regulations
from regions.services.user import ensure_system_user
from reports.services.definition import ensure_alert_rules, ensure_coverage_definition


class Command(PreparedCommand):
    help = "Memuat data acuan: wilayah, kantor, lembaga, kategori, sumber dana, tarif. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="muat ulang walau berkas tidak berubah")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        loaded = {
            "wilayah": load_regions(force=force),
            "kantor": load_offices(force=force),
            # All of them are examples: an office names its own.
            "lembaga": load_institutions(force=force) if settings.EXAMPLE_DATA else 0,
            "kategori": load_categories(force=force),
            "sumber dana": load_funding_sources(force=force),
            "tumpang tindih yang wajar": load_overlap_allowances(force=force),
            "tarif iuran": load_contribution_rates(force=force),
        }
        ensure_system_user()
        loaded["regulasi"] = load_regulations(force=force)
        loaded["dasar hukum kategori"] = link_categories()
        loaded["dasar hukum pagu"] = link_lines()
        ensure_coverage_definition()
        ensure_alert_rules()
        for name, rows in loaded.items():
            self.stderr.write(f"{name}: {rows} baris dimuat" if rows else f"{name}: tidak berubah")
