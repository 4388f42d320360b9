"""Whose practice room there is, and which steps of the guided first import have been taken in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.models import Batch, BatchRow, Headcount, MembershipCount
from regions.addresses import address
from regions.enums import MonthState, Verb
from regions.formats import month_name
from regions.models import Act, ReportingMonth, User
from regions.month import add_months, iso_month
from regions.practice import CITY
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, PackJob, PracticeRoom
from reports.models.pack_job import JobState
from reports.models.practice_room import LIVING
from reports.taken_steps import TakenSteps

# How a visit to the board is remembered; nothing else that is practised leaves the room.
BOARD_SEEN = "region_board"


def find_practice(user: User) -> PracticeRoom | None:
    """The living room of this person."""
    return PracticeRoom.objects.filter(person=user, state__in=LIVING).first()


def find_room(user: User, number: int, schema: str) -> PracticeRoom | None:
    """The room of that number, where it is this person's, made, and of this version's tables."""
    found = find_practice(user)
    opens = found is not None and found.pk == number and found.is_ready and found.schema == schema
    return found if opens else None


def had_room(user: User, number: int) -> bool:
    """Whether a room of that number is or was this person's."""
    return PracticeRoom.objects.filter(person=user, pk=number).exists()


def find_inside(username: str) -> User | None:
    """Asked inside a room: the account there of who has that name outside."""
    return User.objects.filter(username=username, is_active=True).first()


@dataclass(frozen=True)
class PracticeStep:
    key: str
    title: str
    text: str
    url: str
    press: str
    is_done: bool


@dataclass(frozen=True)
class Practice(TakenSteps[PracticeStep]):
    steps: list[PracticeStep]


def practised_month() -> date:
    """Asked inside a room: the month after those that were closed when it was made."""
    closed = ReportingMonth.objects.filter(region=CITY, state=MonthState.CLOSED)
    return add_months(closed.latest("month").month, 1)


def board_has_figure() -> bool:
    """Asked inside a room: whether the practised month has a coverage to be looked at."""
    found = MeasureValue.objects.filter(
        run__region=CITY, run__period=practised_month(), run__is_current=True, measure=MeasureCode.COVERAGE
    )
    return found.filter(segment="", rate__isnull=False).exists()


def get_practice(user: User) -> Practice:
    """Asked inside a room: the steps, each ticked by what the data there say."""
    month = practised_month()
    lists = Batch.objects.filter(entered_by=user).exclude(file_name="")
    newest = lists.filter(state__in=[BatchState.CHECKED, BatchState.STORED]).first()
    told = {"month": month_name(month)}
    return Practice([make(user, month, newest, told) for make in _STEPS])


_Make = Callable[[User, date, Batch | None, dict[str, str]], PracticeStep]


def _send(user: User, _month: date, _newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    return PracticeStep(
        "kirim",
        _("Unduh daftar latihan, lalu kirim"),
        _(
            "Daftar nelayan rekaan ini sengaja berisi beberapa kesalahan. Unduh, lalu kirim sebagai "
            "kategori Nelayan, sumber dana APBD kabupaten/kota, mulai dan sampai bulan %(month)s. "
            "Sebagai sumber, tulis misalnya “Surat latihan 1”; yang lain boleh tetap seperti adanya. "
            "Terakhir tekan “Kirim dan periksa”."
        )
        % told,
        reverse("batch_send"),
        _("Kirim daftar"),
        Batch.objects.filter(entered_by=user).exclude(file_name="").exists(),
    )


def _mend(user: User, _month: date, newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    refused = newest and BatchRow.objects.filter(batch=newest, state=RowState.REFUSED).exists()
    return PracticeStep(
        "perbaiki",
        _("Perbaiki baris yang salah"),
        _(
            "Di halaman unggahan, tekan “Perbaiki” pada baris yang ditandai; setelah disimpan, baris "
            "berikutnya terbuka sendiri. Bukalah unggahan di tab kedua: isi yang benar ada di halaman ini, "
            "seolah-olah Anda sudah menanyakannya kepada pengirim."
        ),
        reverse("batch_detail", args=[newest.pk]) if newest else reverse("batch_list"),
        _("Buka unggahan"),
        newest is not None and not refused,
    )


def _store(user: User, _month: date, newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    stored = Batch.objects.filter(entered_by=user, state=BatchState.STORED).exclude(file_name="")
    return PracticeStep(
        "setujui",
        _("Setujui daftarnya"),
        _(
            "Setelah semua baris benar, setujui dengan menekan “Simpan … baris baik”. Baru setelah itu orang "
            "dalam daftar tersimpan dan dihitung."
        ),
        reverse("batch_detail", args=[newest.pk]) if newest else reverse("batch_list"),
        _("Buka unggahan"),
        stored.exists(),
    )


def _enter(user: User, month: date, _newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    mine = Q(entered_by=user, region_id=CITY, month=month)
    entered = MembershipCount.objects.filter(mine).exists() or Headcount.objects.filter(mine).exists()
    return PracticeStep(
        "isi",
        _("Isi angka bulan %(month)s") % told,
        _(
            "Tulis dahulu sumbernya di atas tabel, misalnya “Surat latihan 2”. Lalu isi jumlah peserta aktif "
            "keempat segmen, misalnya sedikit di atas angka bulan sebelumnya yang tampak di sampingnya; yang "
            "lain sudah terisi. Angka tersimpan saat Anda berpindah sel."
        ),
        reverse("month_entry_grid", args=[CITY, iso_month(month)]),
        _("Buka isian bulan"),
        entered,
    )


def _hand_in(user: User, month: date, _newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    acts = Act.objects.filter(actor_name=user.username, actor_id=user.pk, verb=Verb.COMPLETED)
    return PracticeStep(
        "lengkap",
        _("Nyatakan bulan itu lengkap"),
        _(
            "Tekan “Nyatakan lengkap”. Bila masih ada yang kurang, halaman itu mengatakannya. Pada pekerjaan "
            "yang sebenarnya, verifikator lalu mengajukannya dan kepala cabang memeriksanya."
        ),
        reverse("month_page", args=[CITY, iso_month(month)]),
        _("Buka bulan laporan"),
        acts.exists(),
    )


def _see(user: User, month: date, _newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    return PracticeStep(
        "lihat",
        _("Lihat papan angkanya"),
        _("Cakupan bulan %(month)s muncul beberapa detik setelah diisi. Klik angkanya untuk melihat asalnya.")
        % told,
        address("region_board", CITY, month=month),
        _("Buka papan"),
        BOARD_SEEN in user.first_day.get("seen", ()),
    )


def _pack(user: User, _month: date, _newest: Batch | None, told: dict[str, str]) -> PracticeStep:
    return PracticeStep(
        "paket",
        _("Buat paket monev"),
        _(
            "Tekan “Buat paket”, pilih bulan %(month)s sebagai periode, lanjut ke isi teks, lalu tekan "
            "“Buat paket” lagi. Semua teksnya boleh kosong. Semua berkasnya bertanda latihan."
        )
        % told,
        reverse("pack_list"),
        _("Buka paket monev"),
        PackJob.objects.filter(asked_by=user, state=JobState.READY).exists(),
    )


_STEPS: tuple[_Make, ...] = (_send, _mend, _store, _enter, _hand_in, _see, _pack)
