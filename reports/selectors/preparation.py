"""What an office still lacks before its first month can be closed, read from the data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.models import Category, Headcount, MembershipCount, Workforce
from regions.access import scope_of
from regions.addresses import address
from regions.enums import Level
from regions.models import Assignment, MonthRule, Office, Region, ReportingMonth, User
from regions.models.region import NATION, ancestor_codes
from regions.month import add_months, first_of, iso_month
from regions.roles import Permission, Role
from regions.selectors.people import people_with_role
from regions.selectors.reach import not_over
from regions.selectors.region import in_subtree

_LOCAL = {"127.0.0.1", "localhost", "::1", "0.0.0.0"}
_PEOPLE = (Role.OPERATOR, Role.SUPERVISOR, Role.BRANCH_HEAD)


@dataclass(frozen=True)
class PreparationStep:
    """`url` leads to where it is mended; empty where that is not on a page, or the reader may not."""

    title: str
    is_done: bool
    text: str
    url: str = ""
    url_label: str = ""


@dataclass(frozen=True)
class Preparation:
    region: Region | None
    # Other places the reader may ask about.
    places: list[Region]
    steps: list[PreparationStep]

    @property
    def missing(self) -> int:
        return sum(1 for step in self.steps if not step.is_done)


def get_preparation(user: User, code: str = "") -> Preparation:
    """The state of a regency of the user's, the asked one or that for which the installation was set up."""
    places = _places(user)
    by_code = {place.code: place for place in places}
    region = by_code.get(code) or by_code.get(settings.HOME_REGION) or (places[0] if places else None)
    steps = [*_of_place(user, region), *_of_installation()] if region else [_no_place(), *_of_installation()]
    return Preparation(region, places, steps)


def _places(user: User) -> list[Region]:
    """Regencies the user looks after in which somebody works, or which are the whole of what the user has."""
    held = scope_of(user).codes.get(Permission.MANAGE_USERS, frozenset())
    used = set(Assignment.objects.filter(not_over()).values_list("region_id", flat=True))
    wanted = {code for code in {*used, *held, settings.HOME_REGION} if code and code != NATION}
    rows = Region.objects.filter(level=Level.REGENCY, code__in=wanted).order_by("code")
    return [row for row in rows if scope_of(user).holds(Permission.MANAGE_USERS, row.code)]


def _no_place() -> PreparationStep:
    return PreparationStep(
        _("Wilayah kerja"),
        False,
        _("Belum ada orang yang bertugas di sebuah kabupaten atau kota. Undang yang pertama."),
        reverse("user_invite"),
        _("Undang orang"),
    )


def _of_place(user: User, region: Region) -> Iterator[PreparationStep]:
    yield _office(user, region)
    for role in _PEOPLE:
        yield _people(region, role)
    yield _categories(user)
    yield _denominator(region)
    yield _month_rule(user, region)
    yield _first_month(region)


def _office(user: User, region: Region) -> PreparationStep:
    today = localdate()
    serving = Office.objects.filter(
        Q(coverages__valid_until=None) | Q(coverages__valid_until__gt=today),
        in_subtree("coverages__region__code", region.code)
        | Q(coverages__region__in=[one for one in ancestor_codes(region.code) if one != NATION]),
        coverages__valid_from__lte=today,
    )
    names = ", ".join(serving.order_by("name").distinct().values_list("name", flat=True))
    text = names or _("Belum ada kantor yang wilayah kerjanya mencakup wilayah ini.")
    url = "" if names else reverse("admin:regions_office_changelist")
    return PreparationStep(_("Kantor BPJS Ketenagakerjaan"), bool(names), text, url, _("Tabel kantor"))


def _people(region: Region, role: Role) -> PreparationStep:
    names = ", ".join(str(one) for one in people_with_role(role, region.code))
    tasks = {
        Role.OPERATOR: _("Mengisi angka dan menyatakan bulan lengkap."),
        Role.SUPERVISOR: _("Memeriksa isian dan mengajukan bulan."),
        Role.BRANCH_HEAD: _("Memverifikasi dan menutup bulan; selalu orang lain daripada yang mengajukan."),
    }
    place = "" if role == Role.BRANCH_HEAD else f"w:{region.code}"
    url = address("user_invite", role=role.value, place=place)
    return PreparationStep(str(role.label), bool(names), names or tasks[role], url, _("Undang"))


def _categories(user: User) -> PreparationStep:
    count = Category.objects.count()
    text = _("%(count)s kategori pekerja.") % {"count": count} if count else _("Belum ada kategori pekerja.")
    may = scope_of(user).holds(Permission.MANAGE_REFERENCE, NATION)
    url = reverse("admin:participants_category_changelist") if may else ""
    return PreparationStep(_("Kategori pekerja"), bool(count), text, url, _("Tabel kategori"))


def _denominator(region: Region) -> PreparationStep:
    """Counts of workers come a year late; one that is older still is no longer of the time."""
    this_year = localdate().year
    rows = Workforce.objects.filter(region=region, is_official=True, year__lte=this_year)
    year = rows.order_by("-year").values_list("year", flat=True).first()
    if year is None:
        text = _("Tanpa jumlah pekerja yang resmi, UCJ tidak dapat dihitung.")
    else:
        text = _("Penyebut resmi terbaru dari tahun %(year)s.") % {"year": year}
    asked = urlencode({"region": region.code, "year": this_year, "is_official": "on"})
    url = f"{reverse('workforce_record')}?{asked}"
    title = _("Jumlah pekerja (penyebut) %(year)s") % {"year": this_year}
    return PreparationStep(title, year is not None and year >= this_year - 1, text, url, _("Catat"))


def _month_rule(user: User, region: Region) -> PreparationStep:
    rules = MonthRule.objects.filter(region__in=[region.code, *ancestor_codes(region.code)])
    known = rules.exists()
    text = (
        _("Jatuh tempo dan penguncian bulan sudah diatur.")
        if known
        else _("Belum diatur: bulan jatuh tempo 10 hari sesudah berakhir dan tidak terkunci sendiri.")
    )
    url = address("month_rule_set", region=region.code)
    return PreparationStep(_("Aturan bulan laporan"), known, text, url, _("Atur"))


def _first_month(region: Region) -> PreparationStep:
    last = add_months(first_of(localdate()), -1)
    handed_in = ReportingMonth.objects.filter(region=region).exists()
    url = reverse("month_entry_grid", args=[region.code, iso_month(last)])
    text = (
        _("Sudah ada bulan yang dinyatakan lengkap atau melewati tahap itu.")
        if handed_in
        else _has_begun(region) or _("Mulai dari %(month)s.") % {"month": date_format(last, "F Y")}
    )
    return PreparationStep(_("Bulan pertama"), handed_in, text, url, _("Isian bulan"))


def _has_begun(region: Region) -> str:
    rows = [model.objects.filter(region=region) for model in (MembershipCount, Headcount)]
    months: list[date] = [month for found in rows for month in found.values_list("month", flat=True)[:1]]
    return _("Sebagian angka sudah masuk; bulannya belum dinyatakan lengkap.") if months else ""


def _of_installation() -> Iterator[PreparationStep]:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    local = host in _LOCAL
    yield PreparationStep(
        _("Alamat untuk umum"),
        not local,
        settings.PUBLIC_URL
        if not local
        else _("Tautan undangan dan QR menunjuk ke komputer ini sendiri. Jalankan ./script/manage setup."),
    )
    yield PreparationStep(
        _("Surel"),
        bool(settings.EMAIL_HOST),
        settings.EMAIL_HOST
        or _("Belum disetel: undangan harus disalin, pengingat hanya tampil di halaman Tugas."),
    )
