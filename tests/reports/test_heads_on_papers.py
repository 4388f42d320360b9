"""Heads of the ledger leave the house: on packs, in mails, and come back to the page of verification."""

from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import now
from docx import Document
from pypdf import PdfReader

from regions.enums import Verb
from regions.formats import moment
from regions.head import typed_head
from regions.models import Checkpoint, LedgerCheck, User
from regions.roles import Role
from regions.selectors.ledger_check import check_head
from regions.services.act import record_act
from regions.services.head import write_checkpoint
from regions.services.user import assign_role
from reports.enums import AlertKind
from reports.selectors.tasks.alert import list_alerts
from tests.cast import SINCE
from tests.ledgers import settle
from tests.reports.packs import made

pytestmark = pytest.mark.usefixtures("cast_once")


@pytest.fixture
def head(cast):
    record_act(by=cast.wayan, verb=Verb.RECORDED, subject="uji")
    settle()
    return str(write_checkpoint())


def test_a_pack_bears_the_head_of_its_day(cast, figures, client_of):
    pack = made(cast.siti)
    assert pack.ledger_head == str(Checkpoint.objects.get())
    files = {file.face: bytes(file.content) for file in pack.files.all()}
    pages = PdfReader(BytesIO(files["pdf"])).pages
    assert all(pack.ledger_head in page.extract_text().replace("\n", "") for page in pages[1:])
    footer = Document(BytesIO(files["docx"])).sections[-1].footer
    assert any(pack.ledger_head in paragraph.text for paragraph in footer.paragraphs)
    page = client_of(None).get(reverse("verify", args=[pack.code])).content.decode()
    assert pack.ledger_head in page
    assert check_head(*typed_head(pack.ledger_head)).state == "fits"


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ("{head}", 200, "Sesuai: "),
        ("{far}", 200, "Tidak dikenal: "),
        ("apa saja", 422, "Segel"),
    ],
)
def test_anybody_checks_a_head_from_paper(head, client_of, typed, status, sentence):
    text = typed.format(head=head, far=f"999999-{'0' * 16}")
    answer = client_of(None).post(reverse("verify_index"), {"kepala": text})
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_the_command_says_the_same(head):
    output = StringIO()
    call_command("verify_ledger", "--head", head, stdout=output)
    call_command("verify_ledger", stdout=output)
    assert output.getvalue().startswith("Sesuai: ")
    assert "1 segel yang ditandatangani sesuai" in output.getvalue()
    with pytest.raises(CommandError, match="Tidak dikenal"):
        call_command("verify_ledger", "--head", f"999999-{'0' * 16}")
    with pytest.raises(CommandError, match="egel"):
        call_command("verify_ledger", "--head", "x")


def test_the_commands_say_that_the_key_is_missing(head, settings):
    settings.LEDGER_KEY = ""
    with pytest.raises(CommandError, match="LEDGER_KEY belum ada"):
        call_command("verify_ledger")
    with pytest.raises(CommandError, match="LEDGER_KEY belum ada"):
        call_command("declare_fork", "--reason", "dipulihkan")


def test_a_broken_ledger_is_an_alert_for_who_looks_after_it(cast, head):
    LedgerCheck.objects.create(at=Checkpoint.objects.get().at, acts=1, faults=["Catatan nomor 1 hilang."])

    def told(user):
        return [alert.sentence for alert in list_alerts(user) if alert.kind == AlertKind.LEDGER]

    sentence = ["Log aktivitas tidak utuh (1): Catatan nomor 1 hilang."]
    assert [told(user) for user in (cast.admin, cast.lestari, cast.siti, cast.wayan)] == [
        sentence,
        sentence,
        [],
        [],
    ]
    LedgerCheck.objects.create(at=Checkpoint.objects.get().at, acts=1, faults=[])
    assert told(cast.admin) == []


def test_a_check_that_stays_away_is_an_alert_too_also_for_an_auditor_of_an_office(cast, head, system):
    branch = cast.anton.current_assignments[0].office_id
    auditor = User.objects.create_user(username="omar", full_name="Omar")
    assign_role(user=auditor, role=Role.AUDITOR, by=system, office_code=branch, valid_from=SINCE)
    night = now() - timedelta(hours=37)
    check = LedgerCheck.objects.create(at=night, acts=1, faults=[])

    def told(user):
        return [alert.sentence for alert in list_alerts(user) if alert.kind == AlertKind.LEDGER]

    late = [f"Log aktivitas belum diperiksa lagi sejak {moment(night)}."]
    assert [told(user) for user in (cast.admin, auditor, cast.anton)] == [late, late, []]
    LedgerCheck.objects.filter(pk=check.pk).update(at=now() - timedelta(hours=35))
    assert told(auditor) == []
