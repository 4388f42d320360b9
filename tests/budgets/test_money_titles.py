"""A file of money whose columns nobody knows: somebody says which is which, and it is remembered."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.importers.money_fields import MoneyField
from budgets.models import Contribution, MoneyBatch, MoneyTitle
from budgets.selectors.money_titles import remembered_titles_of
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_read import work_on_money_files
from budgets.services.money_titles import name_money_columns
from participants.enums import BatchState
from participants.errors import BatchRefused
from regions.errors import OutsideScope
from regions.models import Act
from tests.budgets.money_files import paid, send
from tests.cast import KOTA_A
from tests.participants.made_files import xlsx

ODD = ["Urut", "Daerah", "Ref", "Hari Setor", "Jenis", "Besaran Setoran", "Masa", "Asal Dana", "Golongan"]
SAID = {
    MoneyField.REGION: "Daerah",
    MoneyField.NUMBER: "Ref",
    MoneyField.PAID_ON: "Hari Setor",
    MoneyField.AMOUNT: "besaran  setoran",
    MoneyField.FIRST_MONTH: "Masa",
    MoneyField.FUNDING: "Asal Dana",
    MoneyField.CATEGORY: "Golongan",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]


def odd_file(*rows):
    return xlsx({"Rekap": [ODD, *rows]})


def read(batch):
    work_on_money_files()
    return MoneyBatch.objects.get(pk=batch.pk)


def test_columns_are_named_once_and_known_from_then_on(cast):
    refused = send(odd_file(paid(1, 444_444)), cast.wayan)
    assert refused.state == BatchState.REFUSED
    batch = read(name_money_columns(pk=refused.pk, titles=SAID, by=cast.wayan))
    assert (batch.state, batch.good) == (BatchState.CHECKED, 1)
    confirm_money_batch(pk=batch.pk, by=cast.wayan)
    stored = Contribution.objects.get()
    assert (stored.amount, stored.paid_on, stored.category_id) == (444_444, date(2025, 7, 10), "linmas")
    again = send(odd_file(paid(2, 555_555)), cast.wayan)
    assert (again.state, again.good) == (BatchState.CHECKED, 1)
    act = Act.objects.get(detail__titles__isnull=False)
    assert (act.actor_name, act.detail["titles"]["amount"]) == ("wayan", "besaran setoran")


def test_what_a_province_explained_its_cities_know(cast):
    MoneyTitle.objects.create(
        region_id="36", kind=MoneyKind.CONTRIBUTION, title="Nominal X", field="amount", entered_by=cast.admin
    )
    MoneyTitle.objects.create(
        region_id=KOTA_A, kind=MoneyKind.CONTRIBUTION, title="Nominal X", field="heads", entered_by=cast.wayan
    )
    assert remembered_titles_of(KOTA_A, MoneyKind.CONTRIBUTION) == {"Nominal X": "heads"}
    assert remembered_titles_of("36.73", MoneyKind.CONTRIBUTION) == {"Nominal X": "amount"}
    assert remembered_titles_of(KOTA_A, MoneyKind.CLAIM) == {}


@pytest.mark.parametrize(
    "titles", [{MoneyField.AMOUNT: "***"}, {MoneyField.AMOUNT: "Nilai A", MoneyField.NUMBER: "nilai a"}]
)
def test_titles_that_say_nothing_or_two_things_are_refused(cast, titles):
    batch = send(odd_file(paid(1, 444_444)), cast.wayan)
    with pytest.raises(BatchRefused):
        name_money_columns(pk=batch.pk, titles=titles, by=cast.wayan)
    assert not MoneyTitle.objects.exists()
    assert MoneyBatch.objects.get().state == BatchState.REFUSED


def test_nobody_names_the_columns_of_another_region(cast):
    batch = send(odd_file(paid(1, 444_444)), cast.wayan)
    with pytest.raises(OutsideScope):
        name_money_columns(pk=batch.pk, titles=SAID, by=cast.budi)


def test_the_page_asks_for_titles_and_shows_what_is_remembered(cast, client_of):
    batch = send(odd_file(paid(1, 444_444)), cast.wayan)
    client, page = client_of(cast.wayan), reverse("money_batch_detail", args=[batch.pk])
    assert "Kolomnya bernama lain?" in client.get(page).content.decode()
    said = {field.value: title for field, title in SAID.items()}
    answer = client.post(reverse("money_batch_titles", args=[batch.pk]), said)
    assert answer.url == page
    assert read(batch).good == 1
    assert 'value="Hari Setor"' in client.get(page).content.decode()
    too_long = client.post(reverse("money_batch_titles", args=[batch.pk]), {"amount": "x" * 61})
    assert too_long.status_code == 302
    assert read(batch).good == 1
    assert "Kolomnya bernama lain?" not in client_of(cast.lestari).get(page).content.decode()
