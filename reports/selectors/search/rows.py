"""Persons, lists, budget lines, packs and pages as hits of a search."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Allocation, ConstructionProject, Employer, MoneyBatch, Reconciliation
from participants.models import Batch, Participant
from regions.addresses import address
from regions.formats import month_name, rupiah
from regions.models import User
from regions.month import first_of, year_end
from regions.search_words import words_of
from regions.stored_text import shown
from reports.models import Pack
from reports.navigation import NavigationItem, help_pages, navigation_of
from reports.selectors.search.hits import Hit


def person_hit(user: User, person: Participant) -> Hit:
    url = reverse("person_detail", args=[person.pk])
    return Hit(person.name, url, person.region.full_label, str(person.nik), person=person.pk)


def list_hit(user: User, batch: Batch) -> Hit:
    month = date_format(batch.first_month, "F Y")
    about = f"{shown(batch.category.name)}, {month}, {batch.region.full_label}, {batch.get_state_display()}"
    title = f"#{batch.pk} {batch.file_name}".strip()
    return Hit(title, reverse("batch_detail", args=[batch.pk]), about)


def line_hit(user: User, row: Allocation) -> Hit:
    """To the page of the line's year, on which the line stands."""
    today = first_of(localdate())
    month = today if row.year == today.year else year_end(today.replace(year=row.year))
    page = address("allocation_list", region=row.region_id, month=month, row=row.pk)
    category = shown(row.category.name) if row.category else _("Kategori tidak dirinci")
    funding = f" · {shown(row.funding.name)}" if row.funding else ""
    about = f"{row.region.full_label}, {row.year}, {row.get_phase_display()} {rupiah(row.amount)}"
    codes = " ".join(part for part in (row.sub_activity, row.account) if part)
    return Hit(f"{category}{funding}", f"{page}#pagu-{row.pk}", about, code=codes)


def money_file_hit(user: User, batch: MoneyBatch) -> Hit:
    about = f"{batch.get_kind_display()}, {batch.region.full_label}, {batch.get_state_display()}"
    title = f"#{batch.pk} {batch.file_name}".strip()
    return Hit(title, reverse("money_batch_detail", args=[batch.pk]), about)


def reconciliation_hit(user: User, row: Reconciliation) -> Hit:
    category = shown(row.category.name) if row.category else _("Semua kategori")
    about = f"{row.region.full_label}, {category}, {row.get_state_display()}"
    return Hit(f"#{row.pk} {month_name(row.month)}", reverse("reconciliation_detail", args=[row.pk]), about)


def employer_hit(user: User, row: Employer) -> Hit:
    """To the register of its newest report, narrowed to it."""
    asked = {"region": row.region_id, "month": row.month, "words": row.npp or row.name}
    about = f"{row.region.full_label}, {row.get_standing_display()}, {month_name(row.month)}"
    return Hit(row.name, address("employer_list", **asked), about, code=row.npp)


def project_hit(user: User, row: ConstructionProject) -> Hit:
    asked = {"region": row.region_id, "year": row.year, "words": row.package_code or row.package_name[:60]}
    about = f"{row.region.full_label}, {row.year}, {row.get_jakon_status_display()}"
    return Hit(row.package_name, address("construction_project_list", **asked), about, code=row.package_code)


def pack_hit(user: User, pack: Pack) -> Hit:
    about = f"{pack.get_document_display()}, {pack.region.full_label}, {pack.period.label}"
    return Hit(pack.printed_code, reverse("pack_detail", args=[pack.code]), about)


def page_rows(user: User, text: str) -> Sequence[NavigationItem]:
    """Pages of the menu and of help in whose name every word stands."""
    words = [word.lower() for word in words_of(text)]
    menu = [page for item in navigation_of("", user) for page in (item.pages or [item])]
    return [
        page for page in menu + help_pages() if words and all(word in page.label.lower() for word in words)
    ]


def page_hit(user: User, page: NavigationItem) -> Hit:
    return Hit(page.label, page.url)
