"""A segment that has not come yet makes a figure incomplete; it never looks like a fall."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from participants.models import MembershipCount
from participants.services.membership_count import MEMBERSHIP_COUNTS, record_membership_counts
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.enums import Grade
from reports.measures.frozen import from_json, to_json
from reports.measures.shares import grade_of
from reports.models import MeasureValue, Run
from reports.selectors.boards.board import get_board
from reports.selectors.tasks.alert import list_alerts
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import MembershipCountFactory, TargetFactory, WorkforceFactory
from tests.reports.packs import JULY_MONTH, file_of, made, pdf_text, sheet_rows, slides, squeezed, word_text
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.usefixtures("cast_once")

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


def members(month, code=KOTA_A, **segments):
    return [
        MembershipCountFactory(region_id=code, month=month, segment=segment, members=count)
        for segment, count in segments.items()
    ]


@pytest.fixture
def half_reported(cast, system):
    """30.10 % in June; of July only PU has come, which alone would be 18.44%."""
    record_workforces(
        [WorkforceFactory(region_id=code, workers=100_000) for code in (KOTA_A, KOTA_B)], by=system
    )
    record_targets([TargetFactory(region_id=KOTA_A)], by=system)
    rows = members(JUNE, pu=18_440, bpu=9_000, jakon=2_660) + members(JULY, pu=18_440)
    rows += members(JUNE, KOTA_B, all=50_000) + members(JULY, KOTA_B, all=50_000)
    record_membership_counts(rows, by=system)
    recompute_stale()


def value_of(code, month, measure="COV-01"):
    return MeasureValue.objects.get(
        run__region=code, run__period=month, run__is_current=True, measure=measure, segment=""
    )


def told(code, month):
    value = value_of(code, month)
    return (
        *(value.numerator, value.denominator, value.rate and str(value.rate)),
        *(value.reported, value.expected, value.grade, value.missing, value.partial),
    )


def test_what_is_known_is_kept_and_not_divided(half_reported):
    assert told(KOTA_A, JUNE) == (30_100, 100_000, "30.10", None, None, "A", "", 0)
    assert told(KOTA_A, JULY) == (18_440, None, None, None, None, "D", "bpu jakon", 0)
    run = Run.objects.get(region=KOTA_A, period=JULY, is_current=True)
    assert sorted(set(run.values.values_list("measure", flat=True))) == ["CMP-01", "COV-01", "COV-02"]


def test_a_segment_is_graded_by_itself(half_reported):
    def grades(code):
        rows = MeasureValue.objects.filter(
            run__region=code, run__period=JULY, run__is_current=True, measure="COV-02"
        )
        return dict(rows.values_list("segment", "grade"))

    assert grades(KOTA_A) == {"pu": "A"}
    assert grades(PROVINCE) == grades(NATION) == {"pu": "D"}


def test_above_it_is_left_out_and_counted_as_left_out(half_reported):
    assert told(PROVINCE, JUNE) == (80_100, 200_000, "40.05", 2, 8, "D", "", 0)
    assert told(PROVINCE, JULY) == (50_000, 100_000, "50.00", 1, 8, "D", "", 1)
    assert told(NATION, JULY) == (50_000, 100_000, "50.00", 1, 38, "D", "", 0)


def test_a_denominator_of_the_whole_province_needs_everybodys_members(half_reported, system):
    record_workforces([WorkforceFactory(region_id=PROVINCE, workers=5_000_000)], by=system)
    recompute_stale()
    assert told(PROVINCE, JUNE) == (80_100, None, None, 2, 8, "D", "", 0)
    assert told(PROVINCE, JULY) == (50_000, None, None, 1, 8, "D", "", 1)
    assert not MeasureValue.objects.filter(
        run__region=NATION, run__period=JULY, run__is_current=True, measure="COV-01"
    ).exists()


def test_the_board_says_what_is_known_what_lacks_and_what_was_whole(half_reported, cast, client_of):
    response = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/?periode=2025-07")
    shown = text_of(response)
    for words in (
        "belum utuh",
        "18.440 peserta aktif diketahui",
        "belum dilaporkan: BPU, Jakon",
        "utuh terakhir Juni 2025: 30,10%",
        "tidak dihitung karena UCJ bulan ini belum utuh",
        'title="Kelengkapan D, belum utuh">D</abbr>',
    ):
        assert words in shown or words in response.content.decode(), words
    assert "poin" not in shown
    assert "18,4" not in shown


def test_it_is_not_ranked_mapped_or_alarmed_at(half_reported, cast, client_of):
    board = get_board(cast.dewi, Region.objects.get(code=PROVINCE), JULY)
    ranked = {row.region.code: (row.place, row.rate and str(row.rate), row.missing) for row in board.rank}
    assert ranked[KOTA_A] == (None, None, "bpu jakon")
    assert ranked[KOTA_B] == (1, "50.00", "")
    assert board.month_verdict == (
        "tidak dihitung karena yang melapor berbeda: 1 wilayah pada Juli 2025, 2 wilayah pada Juni 2025"
    )
    shown = text_of(client_of(cast.dewi).get(f"/wilayah/{PROVINCE}/?periode=2025-07"))
    assert "1 wilayah belum utuh, tidak ikut dijumlahkan" in shown
    assert "BPU, Jakon" in shown
    assert [alert.kind for alert in list_alerts(cast.wayan)] == []


def test_the_explanation_leads_to_the_last_month_that_was_whole(half_reported, cast, client_of):
    response = client_of(cast.wayan).get(f"/angka/{KOTA_A}/2025-07/COV-01/")
    shown = text_of(response)
    assert "18.440 peserta aktif diketahui, belum utuh" in shown
    assert "belum dilaporkan: BPU, Jakon" in shown
    assert f'<a href="/angka/{KOTA_A}/2025-06/COV-01/">Utuh terakhir Juni 2025: 30,10%</a>' in (
        response.content.decode()
    )


def test_csv_api_and_command_carry_grade_and_what_lacks(half_reported, cast, client_of, capsys):
    call_command("measures", region=KOTA_A, period="2025-07", as_json=True)
    (printed,) = [v for v in json.loads(capsys.readouterr().out)["values"] if v["code"] == "COV-01"]
    answer = client_of(cast.wayan).get(f"/api/v1/measures/{KOTA_A}/2025-07/").json()
    assert [v for v in answer["values"] if v["code"] == "COV-01"] == [printed]
    names = ("numerator", "denominator", "rate", "grade", "missing", "partial")
    assert [printed[name] for name in names] == [18_440, None, None, "D", ["bpu", "jakon"], 0]
    content = client_of(cast.dewi).get(f"/wilayah/{PROVINCE}/peringkat.csv?periode=2025-07").content
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0].endswith(";pembilang;penyebut;persen;kelengkapan;belum_dilaporkan;wilayah_belum_utuh")
    assert f"{KOTA_A};Kota Cilegon;2025-07;COV-01;;;;;;18440;;;D;bpu jakon;" in lines
    assert f"{KOTA_B};Kota Serang;2025-07;COV-01;;;;;;50000;100000;50,00;A;;" in lines


def test_all_four_files_of_a_pack_say_so(half_reported, cast):
    pack = made(cast.dewi, JULY_MONTH)
    lacking = "Segmen BPU, Jakon belum dilaporkan sehingga UCJ tidak dihitung dan tidak dibandingkan."
    shown = {
        "pdf": pdf_text(file_of(pack, "pdf")),
        "docx": squeezed(word_text(file_of(pack, "docx"))),
        "xlsx": squeezed(str(sheet_rows(file_of(pack, "xlsx")))),
        "pptx": squeezed(
            " ".join(
                paragraph.text
                for slide in slides(file_of(pack, "pptx"))
                for shape in slide.shapes
                if shape.has_text_frame
                for paragraph in shape.text_frame.paragraphs
            )
        ),
    }
    assert {face: squeezed(lacking) in text for face, text in shown.items()} == dict.fromkeys(shown, True)
    (table,) = [one for one in pack.content["tables"] if one["key"] == "coverage"]
    assert table["columns"][-1]["label"] == "Kelengkapan"
    assert "Perubahan" not in [column["label"] for column in table["columns"]]
    rows = {row[0]: (row[2][0], row[-1]) for row in table["rows"]}
    assert rows["Peserta aktif (orang)"] == (18_440, "D")
    assert rows["Universal Coverage Jamsostek (UCJ)"] == (None, "D")


def test_what_came_or_went_in_a_month_before_is_owed_or_not_in_later_ones(half_reported, system):
    record_membership_counts(members(JULY, bpu=9_100), by=system)
    recompute_stale()
    assert told(KOTA_A, JULY)[5:] == ("D", "jakon", 0)
    jakon = MembershipCount.objects.get(region=KOTA_A, month=JUNE, segment="jakon")
    MEMBERSHIP_COUNTS.remove(pk=jakon.pk, revision=jakon.revision, by=system, reason="salah wilayah")
    recompute_stale()
    assert told(KOTA_A, JULY) == (27_540, 100_000, "27.54", None, None, "A", "", 0)
    record_membership_counts(members(date(2024, 7, 1), pu=1, bpu=1, pmi=7), by=system)
    recompute_stale()
    assert told(KOTA_A, JULY)[5:] == ("D", "pmi", 0)
    record_membership_counts(members(JULY, pmi=7), by=system)
    recompute_stale()
    assert told(KOTA_A, JULY) == (27_547, 100_000, "27.55", None, None, "A", "", 0)


def test_a_report_of_all_segments_in_one_number_owes_nothing(half_reported, system):
    record_membership_counts(members(JULY, all=31_000), by=system)
    recompute_stale()
    assert told(KOTA_A, JULY) == (31_000, 100_000, "31.00", None, None, "A", "", 0)


def test_quantities_are_read_back_as_they_were_written(half_reported):
    for stored in Run.objects.filter(is_current=True).values_list("quantities", flat=True):
        assert to_json(from_json(stored)) == stored


@pytest.mark.parametrize(
    ("shares", "grade"),
    [
        ([], "A"),
        ([(0, 0)], "A"),
        ([(8, 8), (1, 1)], "A"),
        ([(9, 10)], "B"),
        ([(89, 100)], "C"),
        ([(1, 2), (10, 10)], "C"),
        ([(49, 100)], "D"),
        ([(10, 10), (0, 1)], "D"),
    ],
)
def test_the_least_share_grades(shares, grade):
    assert grade_of(shares) == grade


@given(st.lists(st.integers(0, 40), min_size=1), st.integers(1, 40))
def test_nothing_that_is_missing_improves_a_grade(told, of):
    shares = [(min(one, of), of) for one in told]
    fewer = [(max(0, one - 1), whole) for one, whole in shares]
    assert grade_of(fewer) >= grade_of(shares)
    assert grade_of(shares) in Grade
