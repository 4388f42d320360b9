"""Three ledgers set against each other: all accounted for, agreed by two, shown to few."""

from csv import reader as read_csv
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from budgets.enums import Side
from budgets.errors import ReconciliationRefused
from budgets.models import ReconciledPerson, Reconciliation, ReconciliationFile
from budgets.selectors.reconciliation import document_code
from budgets.services.agreement import sign_reconciliation, write_agreement
from budgets.services.contribution import record_contributions
from budgets.services.reconciliation import (
    FileQuestion,
    Upload,
    make_reconciliation,
)
from budgets.services.reconciliation_work import work_on_reconciliations
from budgets.terbilang import terbilang
from participants.services.key import rotate_keys
from regions.cipher import digest, seal
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from tests.budgets.reconciliations import reconcile
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ContributionFactory, EnrolmentFactory, ParticipantFactory, nik_of
from tests.pages import page_of
from tests.participants.made_files import csv, xlsx

JULY = date(2025, 7, 1)
HEAD = ["No", "NIK", "KPJ", "Nama", "Iuran"]
KPJ = "12345678901"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (2_000_000_000_000, "dua triliun"),
        (
            480_457_660,
            "empat ratus delapan puluh juta empat ratus lima puluh tujuh ribu enam ratus enam puluh",
        ),
        (-16_800, "minus enam belas ribu delapan ratus"),
    ],
)
def test_numbers_in_words(number, words):
    assert terbilang(number) == words


_UNITS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}
_DIGITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def number_of(words):
    """Reads the words back by another way: group by group."""
    text = words.replace("sebelas", "satu belas").replace("sepuluh", "satu puluh")
    text = text.replace("seratus", "satu ratus").replace("seribu", "satu ribu")
    total = group = digit = 0
    for word in text.split():
        if word in _DIGITS:
            digit = _DIGITS.index(word)
        elif word in _UNITS:
            total, group, digit = total + (group + digit) * _UNITS[word], 0, 0
        else:
            group += {"belas": 10 + digit, "puluh": 10 * digit, "ratus": 100 * digit}[word]
            digit = 0
    return total + group + digit


@given(st.integers(0, 10**18 - 1))
def test_words_say_the_number_and_no_other(number):
    assert number_of(terbilang(number)) == number


def test_beyond_what_has_words_is_refused():
    with pytest.raises(ValueError, match="0"):
        terbilang(10**18)


def listed(serial, name, by, code=KOTA_A, kpj="", **spell):
    more = {"kpj_digest": digest(kpj), "kpj_sealed": seal(kpj)} if kpj else {}
    person = ParticipantFactory(digits=nik_of(serial), name=name, entered_by=by, region_id=code, **more)
    EnrolmentFactory(participant=person, entered_by=by, **spell)
    return person


@pytest.fixture
def lists(cast):
    """Four of the region, one of them of another month; one of the neighbour."""
    listed(1, "Adi Uji", cast.wayan)
    listed(2, "Bela Uji", cast.wayan)
    listed(3, "Cici Uji", cast.wayan, kpj=KPJ)
    listed(4, "Dodi Uji", cast.wayan)
    listed(5, "Lama Uji", cast.wayan, last_month=date(2025, 6, 1))
    listed(6, "Rahasia Tetangga", cast.wayan, code=KOTA_B)
    return cast


def members(*rows):
    return Upload("aktif.xlsx", xlsx({"Aktif": [["PESERTA AKTIF"], HEAD, *rows]}))


ACTIVE = (
    [1, nik_of(1), "", "ADI UJI", "16.800"],
    [2, nik_of(2), "", "Nama Lain", "16.800"],
    [3, "", KPJ, "Cici Uji", "16.800"],
    [4, nik_of(7), "", "Hanya Bpjs", "16.800"],
    [5, nik_of(7), "", "Hanya Bpjs", "200"],
    [6, "", "", "Tanpa Nomor", "16.800"],
)
SP2D = Upload("sp2d.csv", csv([["Tanggal", "Nomor SP2D", "Nilai"], ["20/07/2025", "SP2D-9", "Rp50.400"]]))


def made(cast, **changes):
    values = {
        "question": FileQuestion(KOTA_A, JULY),
        "members": members(*ACTIVE),
        "payments": SP2D,
        "by": cast.wayan,
    }
    return reconcile(**(values | changes))


@pytest.mark.django_db
def test_everybody_and_every_rupiah_is_accounted_for(lists):
    found = made(lists)
    assert found.counts == {"both": 2, "name_differs": 1, "only_pemda": 1, "only_bpjs": 1}
    assert found.sums == {"due": 67_200, "unpriced": 0, "billed": 67_400, "paid": 50_400}
    assert found.persons.count() == sum(found.counts.values())
    assert sum(one.due or 0 for one in found.persons.all()) == found.sums["due"]
    assert sum(one.billed or 0 for one in found.persons.all()) == found.sums["billed"]
    files = ReconciliationFile.objects.order_by("side").values_list("side", "rows", "unread")
    assert list(files) == [("bank", 1, 0), ("bpjs", 5, 1)]
    assert found.code == document_code(found)
    assert {type(value) for value in found.sums.values()} == {int}
    by_kpj = found.persons.get(match="both", billed=16_800, kpj_digest__isnull=False)
    assert bytes(by_kpj.kpj_digest) == digest(KPJ)


@pytest.mark.django_db
def test_names_and_numbers_are_sealed_and_follow_the_keys(lists, settings):
    made(lists)
    raw = str(list(ReconciledPerson.objects.values())) + str(list(Reconciliation.objects.values()))
    for secret in (nik_of(1), nik_of(7), "Adi Uji", "Hanya Bpjs", KPJ):
        assert secret not in raw
    other = "2:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
    settings.NIK_KEYS = f"{settings.NIK_KEYS},{other}"
    rotate_keys(by=lists.admin)
    sealed = ReconciledPerson.objects.exclude(name_sealed=None).values_list("name_sealed", flat=True)
    marks = {bytes(one)[:1] for one in sealed}
    assert marks == {b"\x02"}
    assert {
        bytes(one)[:1] for one in ReconciliationFile.objects.values_list("content_sealed", flat=True)
    } == {b"\x02"}


@pytest.mark.django_db
def test_without_a_file_of_the_bank_stored_payments_speak(lists):
    record_contributions(
        [
            ContributionFactory(amount=90_000, first_month=JULY, last_month=date(2025, 9, 1)),
            ContributionFactory(amount=77, region_id=KOTA_B),
        ],
        by=lists.admin,
    )
    found = made(lists, payments=None)
    assert [(one.amount, one.note.startswith("iuran #")) for one in found.payments.all()] == [(30_000, True)]
    nothing = made(lists, payments=None, question=FileQuestion(KOTA_A, JULY, "nelayan", "apbn"))
    assert (nothing.sums["paid"], nothing.sums["due"]) == (None, 0)
    assert nothing.counts["only_bpjs"] == 4


@pytest.mark.django_db
def test_two_others_than_its_maker_agree_and_then_nothing_changes(lists):
    found = write_agreement(pk=made(lists).pk, text="Selisih Rp200 dikoreksi BPJS.", by=lists.wayan)
    sign = {"pk": found.pk, "code": found.code}
    for side, who in ((Side.PEMDA, lists.wayan), (Side.PEMDA, lists.anton), (Side.BPJS, lists.siti)):
        with pytest.raises(NotPermitted):
            sign_reconciliation(side=side, by=who, **sign)
    sign_reconciliation(side=Side.PEMDA, by=lists.siti, **sign)
    # Another text: the signature falls, and the old code signs nothing.
    found = write_agreement(pk=found.pk, text="Dibayar kembali.", by=lists.wayan)
    assert (found.pemda_signer, found.code == sign["code"]) == (None, False)
    with pytest.raises(ReconciliationRefused, match="berubah"):
        sign_reconciliation(side=Side.PEMDA, by=lists.siti, **sign)
    sign = {"pk": found.pk, "code": found.code}
    sign_reconciliation(side=Side.PEMDA, by=lists.admin, **sign)
    with pytest.raises(ReconciliationRefused, match="sudah menyetujuinya"):
        sign_reconciliation(side=Side.BPJS, by=lists.admin, **sign)
    agreed = sign_reconciliation(side=Side.BPJS, by=lists.anton, **sign)
    assert (agreed.state, agreed.code) == ("agreed", document_code(agreed))
    for act in (
        lambda: write_agreement(pk=agreed.pk, text="x", by=lists.wayan),
        lambda: sign_reconciliation(side=Side.PEMDA, by=lists.siti, **sign),
    ):
        with pytest.raises(ReconciliationRefused, match="disepakati"):
            act()
    # A newer draft leaves the agreed one in force until it is agreed itself.
    newer, newest = made(lists), made(lists)
    newer.refresh_from_db()
    assert (newer.state, newer.superseded_by_id) == ("superseded", newest.pk)
    for side, who in ((Side.PEMDA, lists.siti), (Side.BPJS, lists.anton)):
        sign_reconciliation(pk=newest.pk, code=newest.code, side=side, by=who)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.superseded_by_id) == ("superseded", newest.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reconciliation.objects.filter(pk=newest.pk).update(bpjs_signer=lists.siti)
    made_by_siti = made(lists, by=lists.siti)
    with pytest.raises(ReconciliationRefused, match="Pembuatnya"):
        sign_reconciliation(pk=made_by_siti.pk, code=made_by_siti.code, side=Side.PEMDA, by=lists.siti)


PAGES = ("detail", "csv")


@pytest.mark.django_db
def test_the_stranger_and_who_sees_no_names_get_no_names(lists, client_of):
    found = made(lists)
    addresses = {name: reverse(f"reconciliation_{name}", args=[found.pk]) for name in PAGES}
    budi = client_of(lists.budi)
    for address in addresses.values():
        assert budi.get(address).status_code == 404
    for name in ("agreement", "sign"):
        assert (
            budi.post(reverse(f"reconciliation_{name}", args=[found.pk]), {"pihak": "bpjs"}).status_code
            == 404
        )
    assert "Cilegon" not in budi.get(reverse("reconciliation_list")).content.decode()
    with pytest.raises(OutsideScope):
        made(lists, by=lists.budi)
    with pytest.raises(NotPermitted):
        made(lists, by=lists.ratna)
    names = ("Adi Uji", "Bela Uji", "Nama Lain", "Hanya Bpjs", nik_of(1)[:6])
    dewi = client_of(lists.dewi)
    assert dewi.get(addresses["csv"]).status_code == 403
    shown = dewi.get(addresses["detail"]).content.decode()
    assert "67.200" in shown
    assert not [secret for secret in names if secret in shown]
    siti = client_of(lists.siti)
    page = siti.get(addresses["detail"]).content.decode()
    for words in (
        "Adi Uji",
        "menurut BPJS: Nama Lain",
        "Hanya Bpjs",
        f"{nik_of(7)[:6]}******{nik_of(7)[-4:]}",
    ):
        assert words in page
    text = b"".join(siti.get(addresses["csv"]).streaming_content).decode()
    assert [row[0] for row in list(read_csv(StringIO(text)))[1:]] == [
        "di kedua daftar, nama berbeda",
        "hanya di daftar BPJS",
        "hanya di daftar Pemda",
    ]
    for shown in (page, text):
        assert not [serial for serial in (1, 2, 4, 6, 7) if nik_of(serial) in shown]
        assert "Rahasia Tetangga" not in shown
        assert KPJ not in shown
    assert Act.objects.filter(verb="exported", region_code=KOTA_A).count() == 1


@pytest.mark.django_db
def test_it_is_made_and_agreed_on_pages(lists, client_of):
    wayan = client_of(lists.wayan)
    form = {"region": KOTA_A, "month": "2025-07", "category": "", "funding": ""}
    files = {
        "members": SimpleUploadedFile("aktif.xlsx", members(*ACTIVE).content),
        "payments": SimpleUploadedFile("sp2d.csv", SP2D.content),
    }
    answer = wayan.post(reverse("reconciliation_make"), form | files)
    assert "Dalam antrean" in page_of(wayan.get(answer["Location"]))
    assert work_on_reconciliations() == 1
    found = Reconciliation.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("reconciliation_detail", args=[found.pk]))
    wayan.post(
        reverse("reconciliation_agreement", args=[found.pk]), {"kesepakatan": f"NIK {nik_of(1)} dicoret."}
    )
    found.refresh_from_db()
    assert nik_of(1) not in found.agreement
    for who, side in (("siti", "pemda"), ("anton", "bpjs")):
        client = client_of(getattr(lists, who))
        page = page_of(client.get(reverse("reconciliation_detail", args=[found.pk])))
        assert f'name="pihak" value="{side}"' in page
        client.post(reverse("reconciliation_sign", args=[found.pk]), {"pihak": side, "kode": found.code})
    for content in (b"", b"%PDF", b"x;y\n1;2", b"PK\x03\x04"):
        bad = wayan.post(
            reverse("reconciliation_make"), form | {"members": SimpleUploadedFile("a.xlsx", content or b" ")}
        )
        assert bad.status_code == 302
        assert work_on_reconciliations() == 1
        page = page_of(wayan.get(bad["Location"]))
        assert "Berkas ini tidak dapat dipakai." in page
        assert "Buat lagi dengan berkas lain" in page
    states = Reconciliation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["agreed", *["refused"] * 4]


@pytest.mark.django_db
def test_what_is_not_compared_yet_is_no_document_and_no_list(lists, client_of):
    """An empty follow-up list would say that both sides agree."""
    asked = make_reconciliation(question=FileQuestion(KOTA_A, JULY), members=members(*ACTIVE), by=lists.wayan)
    client = client_of(lists.wayan)
    csv_url, record_url = (reverse(f"reconciliation_{page}", args=[asked.pk]) for page in ("csv", "record"))
    assert client.get(csv_url).status_code == 404
    assert client.post(record_url).status_code == 404
    work_on_reconciliations()
    assert client.get(csv_url).status_code == 200
    assert client.post(record_url).status_code == 302
