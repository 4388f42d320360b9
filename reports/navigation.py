"""Where a person may go: single pages, and groups of pages under one word."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from regions.access import Scope, home_codes, scope_of
from regions.models import User
from regions.roles import Permission


@dataclass
class NavigationItem:
    """A page, or a group of pages: then `url` is empty."""

    label: str
    url: str = ""
    is_current: bool = False
    pages: list["NavigationItem"] = field(default_factory=list)


# Pages that open for one institution alone, too.
_OF_INSTITUTIONS = frozenset({"person_list", "batch_list", "month_entry_index"})
# Name of an address, what one calls it, who sees it.
_Page = tuple[str, str, Permission | None]


def navigation_of(path: str, user: User) -> list[NavigationItem]:
    """The menu of a user on the page at `path`; groups of which nothing may be seen are left out."""
    scope, codes = scope_of(user), home_codes(user)
    home = reverse("home")
    items = [NavigationItem(_("Beranda"), home)]
    if codes:
        items.append(NavigationItem(_("Cakupan"), reverse("region_board", args=[codes[0]])))
    for label, pages in _groups():
        shown = _allowed(pages, scope)
        if shown:
            items.append(NavigationItem(label, pages=shown))
    if codes:
        # Before supervision, which is the last group.
        packs = NavigationItem(_("Paket monev"), reverse("pack_list"))
        items.insert(len(items) - 1, packs)
    _mark_current(items, path, home)
    return items


def help_pages() -> list[NavigationItem]:
    """Pages for everybody that stand beside one's name and at the foot of pages, in no menu."""
    return [
        NavigationItem(_("Langkah pertama"), reverse("first_day")),
        NavigationItem(_("Buku panduan"), reverse("handbook_index")),
        NavigationItem(_("Istilah"), reverse("glossary")),
        NavigationItem(_("Latihan"), reverse("practice")),
    ]


def tasks_of(path: str, user: User) -> NavigationItem | None:
    """What waits for the user, beside their name on every page."""
    if not home_codes(user):
        return None
    url = reverse("inbox")
    return NavigationItem(_("Tugas"), url, is_current=path == url)


def way_to(name: str) -> str:
    """The page as the menu leads to it: "Orang → Data ganda"; empty where no menu does."""
    if name == "pack_list":
        return _("Paket monev")
    found = (
        f"{group} → {label}" for group, pages in _groups() for page, label, _held in pages if page == name
    )
    return next(found, "")


def _groups() -> list[tuple[str, list[_Page]]]:
    return [
        (
            _("Orang"),
            [
                ("person_list", _("Data peserta (by name by address)"), Permission.VIEW_PERSONS),
                ("person_month_index", _("Peserta per bulan"), Permission.VIEW_PERSONS),
                ("batch_list", _("Unggahan daftar peserta"), Permission.VIEW_PERSONS),
                ("duplicate_list", _("Data ganda"), Permission.VIEW_PERSONS),
                ("overlap_matrix", _("Tumpang tindih"), Permission.VIEW_PERSONS),
                ("double_funding_list", _("Pendanaan ganda"), Permission.VIEW_PERSONS),
                ("person_funnel", _("Dari usulan sampai aktif"), Permission.VIEW_PERSONS),
                ("matching_send", _("Pemadanan"), Permission.ENTER_PERSONS),
            ],
        ),
        (
            _("Angka laporan"),
            [
                ("month_matrix", _("Bulan laporan"), Permission.VIEW_COVERAGE),
                ("month_entry_index", _("Isian bulan"), Permission.ENTER_HEADCOUNT),
                ("membership_count_list", _("Peserta aktif"), Permission.VIEW_DRAFTS),
                ("headcount_list", _("Per kategori"), Permission.VIEW_DRAFTS),
                ("workforce_list", _("Jumlah pekerja"), Permission.VIEW_COVERAGE),
                ("category_population_list", _("Jumlah pekerja per kategori"), Permission.VIEW_COVERAGE),
                ("category_term_list", _("Masa tugas kategori"), Permission.VIEW_COVERAGE),
                ("target_list", _("Target"), Permission.VIEW_COVERAGE),
                ("contribution_list", _("Iuran"), Permission.VIEW_DRAFTS),
                ("claim_list", _("Klaim"), Permission.VIEW_DRAFTS),
                ("employer_list", _("Pemberi kerja"), Permission.VIEW_PERSONS),
                ("construction_project_list", _("Proyek jasa konstruksi"), Permission.VIEW_PERSONS),
                ("project_count_list", _("Jumlah proyek jasa konstruksi"), Permission.VIEW_DRAFTS),
            ],
        ),
        (
            _("Anggaran"),
            [
                ("allocation_list", _("Pagu"), Permission.VIEW_DRAFTS),
                ("realisation_list", _("Realisasi"), Permission.VIEW_DRAFTS),
                ("arrears_index", _("Tunggakan"), Permission.VIEW_DRAFTS),
                ("reconciliation_list", _("Rekonsiliasi"), Permission.VIEW_DRAFTS),
                ("money_batch_list", _("Berkas keuangan"), Permission.VIEW_DRAFTS),
                ("plan_list", _("Rencana"), Permission.VIEW_DRAFTS),
                ("pledge_list", _("Tawaran dan janji iuran"), Permission.VIEW_DRAFTS),
                ("tariff_calculator", _("Kalkulator iuran dan manfaat"), Permission.VIEW_COVERAGE),
                ("tariff_table", _("Tarif, manfaat, aturan"), Permission.VIEW_COVERAGE),
                ("wage_base_list", _("Dasar upah"), Permission.VIEW_DRAFTS),
            ],
        ),
        _supervision(),
    ]


def _supervision() -> tuple[str, list[_Page]]:
    return (
        _("Pengawasan"),
        [
            ("regulation_list", _("Regulasi"), Permission.VIEW_COVERAGE),
            ("duty_index", _("Kewajiban"), Permission.VIEW_COVERAGE),
            ("legal_basis_index", _("Tanpa dasar hukum"), Permission.VIEW_COVERAGE),
            ("minutes_list", _("Rapat"), Permission.VIEW_COVERAGE),
            ("commitment_list", _("Kendala dan tindak lanjut"), Permission.VIEW_COVERAGE),
            ("outreach_event_list", _("Sosialisasi"), Permission.VIEW_COVERAGE),
            ("perisai_agent_list", _("Agen Perisai"), Permission.VIEW_PERSONS),
            ("dossier_index", _("Berkas Paritrana"), Permission.VIEW_DRAFTS),
            ("definitions", _("Definisi indikator"), None),
            ("statement_list", _("Pemeriksaan pernyataan"), Permission.VIEW_DRAFTS),
            ("question_list", _("Pertanyaan tentang angka"), Permission.VIEW_COVERAGE),
            ("restatement_list", _("Penyajian kembali"), Permission.VIEW_COVERAGE),
            ("jobs", _("Proses latar belakang"), Permission.VIEW_JOBS),
            ("ledger", _("Log aktivitas"), Permission.VIEW_LEDGER),
            ("user_list", _("Pengguna"), Permission.MANAGE_USERS),
            ("preparation", _("Persiapan"), Permission.MANAGE_USERS),
            ("institution_list", _("Lembaga"), Permission.MANAGE_REFERENCE),
            ("month_rule_list", _("Aturan bulan laporan"), Permission.MANAGE_REFERENCE),
            ("extra_field_list", _("Isian tambahan"), Permission.MANAGE_REFERENCE),
            ("exchange_list", _("Sistem lain"), Permission.MANAGE_REFERENCE),
            ("admin:index", _("Tabel acuan"), Permission.MANAGE_REFERENCE),
        ],
    )


def _allowed(pages: list[_Page], scope: Scope) -> list[NavigationItem]:
    prefix = get_script_prefix()
    return [
        NavigationItem(label, _address(name, prefix))
        for name, label, permission in pages
        if permission is None
        or scope.holds_anywhere(permission)
        or (name in _OF_INSTITUTIONS and scope.holds_of_some(permission))
    ]


@lru_cache(maxsize=1024)
def _address(name: str, prefix: str) -> str:
    """Looked up once: a menu holds dozens, on every page. Those of a practice room have its prefix."""
    return reverse(name)


def _mark_current(items: list[NavigationItem], path: str, home: str) -> None:
    """The page with the longest address that the path begins with, and its group."""
    pages = [(page, item) for item in items for page in (item.pages or [item])]
    matching = [
        pair
        for pair in pages
        if path == pair[0].url or (pair[0].url != home and path.startswith(pair[0].url))
    ]
    if matching:
        for one in max(matching, key=lambda pair: len(pair[0].url)):
            one.is_current = True
