"""Questions about figures: asked, answered, settled, passed upwards; read by who is told of the figure."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.models import Act
from regions.roles import Role
from regions.services.user import assign_role
from reports.models import FigureQuestion, FigureReply, MeasureValue
from reports.selectors.figure_question import (
    QuestionFilter,
    Turn,
    get_question,
    list_questions,
    questions_about,
    turn_of,
)
from reports.selectors.tasks.inbox import list_tasks
from reports.services.figure_question import answer_question, ask_question, settle_question
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.factories import nik_of
from tests.months import close
from tests.table_files import told_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures")]
MEASURE_LABEL = "Universal Coverage Jamsostek (UCJ)"
JULY_31 = dt.datetime(2025, 7, 31, 2, tzinfo=dt.UTC)


def coverage(code=KOTA_A):
    return MeasureValue.objects.get(run__region=code, measure="COV-01", run__is_current=True)


def ask(by, text="Mengapa turun?"):
    return ask_question(value=coverage(), text=text, by=by)


def titles(user):
    return [task.title for task in list_tasks(user) if "pertanyaan" in task.title.lower()]


def test_asked_answered_and_settled(cast):
    question = ask(cast.dewi)
    assert (question.numerator, question.denominator, str(question.rate)) == (76_062, 174_897, "43.49")
    assert (question.measure, question.region_id) == ("COV-01", KOTA_A)
    assert ask(cast.dewi) == question
    act = Act.objects.latest("pk")
    assert (act.verb, act.region_code, act.detail["months"]) == ("recorded", KOTA_A, ["2025-07"])
    assert titles(cast.wayan) == [f"Jawab pertanyaan: COV-01 {MEASURE_LABEL}, Juli 2025"]
    assert titles(cast.dewi) == titles(cast.siti) == []
    answer_question(pk=question.pk, text="Data Juni belum masuk.", by=cast.wayan)
    answer_question(pk=question.pk, text="Data Juni belum masuk.", by=cast.wayan)
    assert FigureReply.objects.count() == 1
    assert titles(cast.wayan) == []
    assert titles(cast.dewi) == [f"Pertanyaan Anda sudah dijawab: COV-01 {MEASURE_LABEL}, Juli 2025"]
    settled = settle_question(pk=question.pk, by=cast.dewi)
    assert settle_question(pk=question.pk, by=cast.siti).settled_by == settled.settled_by == cast.dewi
    assert titles(cast.dewi) == []
    with pytest.raises(FactRefused, match="sudah selesai"):
        answer_question(pk=question.pk, text="Masih ada", by=cast.wayan)
    assert not list_questions(cast.wayan, QuestionFilter()).exists()
    assert list_questions(cast.wayan, QuestionFilter(settled=True)).get() == question


def test_the_asker_adding_a_word_has_not_answered(cast):
    question = ask(cast.dewi)
    answer_question(pk=question.pk, text="Maksud saya PU.", by=cast.dewi)
    question.refresh_from_db()
    assert question.answered_at is None and titles(cast.wayan)


def test_unanswered_it_goes_up_step_by_step(cast, system):
    """Three days to who enters, three to who hands in, then to who verifies as well."""
    with time_machine.travel(JULY_31, tick=False):
        question = ask(cast.dewi)
        assert turn_of(question) == Turn.ENTRY and not titles(cast.siti)
    with time_machine.travel(JULY_31 + dt.timedelta(days=3), tick=False):
        assert turn_of(question) == Turn.SUPERVISION
        assert titles(cast.siti) and titles(cast.wayan) and not titles(cast.anton)
    with time_machine.travel(JULY_31 + dt.timedelta(days=90), tick=False):
        assert turn_of(question) == Turn.VERIFICATION
        assert titles(cast.anton) and titles(cast.siti)


def test_people_named_find_it_among_their_tasks(cast):
    question = ask(cast.dewi, "Tolong @siti dan @anton. Lihat juga surel a@contoh.id.")
    assert set(question.mentioned.all()) == {cast.siti, cast.anton}
    assert titles(cast.siti) and titles(cast.anton)
    answer_question(pk=question.pk, text="Sudah saya cek.", by=cast.siti)
    assert not titles(cast.siti) and titles(cast.anton)
    with pytest.raises(FactRefused, match="@budi"):
        ask(cast.dewi, "Bagaimana @budi?")


@pytest.mark.parametrize("text", ["", "   ", f"NIK {nik_of(1)} siapa?", "a" * 501])
def test_what_is_no_question_is_refused_with_its_remedy(cast, text):
    with pytest.raises(FactRefused):
        ask(cast.dewi, text)
    assert not FigureQuestion.objects.exists()


def test_nobody_reads_of_a_figure_that_they_are_not_told(cast, system, client_of):
    """Leaders are told of closed months alone; those of Kota B never."""
    question = ask(cast.wayan)
    for user in (cast.budi, cast.ratna):
        assert not list_questions(user).exists()
        with pytest.raises(OutsideScope):
            get_question(user, question.pk)
        with pytest.raises(OutsideScope):
            answer_question(pk=question.pk, text="Ya", by=user)
        assert client_of(user).get(reverse("question_detail", args=[question.pk])).status_code == 404
    with pytest.raises(OutsideScope):
        ask(cast.budi)
    close(cast)
    recompute_stale()
    assert list_questions(cast.ratna).get() == question
    with pytest.raises(NotPermitted):
        settle_question(pk=question.pk, by=cast.ratna)


def test_on_the_pages(cast, client_of):
    client = client_of(cast.dewi)
    figure = reverse("explanation", args=[KOTA_A, "2025-07", "COV-01"])
    asking = reverse("question_ask", args=[KOTA_A, "2025-07", "COV-01"])
    assert f'action="{asking}?"' in client.get(figure).content.decode()
    refused = client.post(asking, {"text": ""})
    assert refused.url == f"{figure}#pertanyaan"
    answer = client.post(asking, {"text": "Mengapa turun?\r\nJuni 50%"})
    page = client.get(answer.url).content.decode()
    assert "Mengapa turun?<br>Juni 50%" in page
    assert "Juli 2025: 43,49%. Mengapa turun? Juni 50% Jawab di" in page
    assert "Mengapa turun?" in client.get(figure).content.decode()
    assert client_of(cast.wayan).post(answer.url, {"text": ""}).status_code == 422
    assert client_of(cast.wayan).post(answer.url, {"text": "Belum lengkap"}).status_code == 302
    settled = client.post(reverse("question_settle", args=[FigureQuestion.objects.get().pk]))
    assert settled.status_code == 302
    assert "Mengapa turun?" in client.get(f"{reverse('question_list')}?keadaan=selesai").content.decode()
    assert "Mengapa turun?" not in client.get(reverse("question_list")).content.decode()
    assert questions_about(cast.dewi, coverage()).count() == 1


def test_a_figure_that_moved_shows_both(cast, client_of):
    question = ask(cast.wayan)
    FigureQuestion.objects.update(rate=40)
    page = client_of(cast.siti).get(reverse("question_detail", args=[question.pk])).content.decode()
    assert "43,49%" in page and "saat ditanyakan 40,00%" in page


def test_a_program_of_the_region_asks_as_its_role_may(cast, system):
    assign_role(user=cast.nobody, role=Role.VIEWER, by=system, region_code=KOTA_A)
    with pytest.raises(OutsideScope):
        answer_question(pk=ask(cast.wayan).pk, text="Ya", by=cast.nobody)


def test_the_list_as_a_file(cast, client_of):
    ask(cast.dewi)
    (row,) = told_in(client_of(cast.siti).get(f"{reverse('question_list')}?unduh=csv"))
    assert (row["ukuran"], row["angka"], row["jawaban"], row["selesai"]) == ("COV-01", "43,49%", "0", "")
