"""`./script/manage setup`: from an empty database to an administrator who can sign in, and again."""

import re
import smtplib
import stat
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from jamsostek_monitor.first_start import administrator as asking
from jamsostek_monitor.first_start.answers import BadAnswer, settings_of_mail, settings_of_url
from jamsostek_monitor.first_start.checks import check_keys, check_mail, check_services
from jamsostek_monitor.kept_settings import keep_settings, kept_settings, settings_file
from jamsostek_monitor.management.commands import setup as setup_command
from regions.models import Invitation, User
from regions.roles import Role
from regions.selectors.invitation import find_link
from regions.services.example_user import ensure_example_users
from tests.administrators import office_of
from tests.cast import KOTA_A

pytestmark = pytest.mark.django_db
STRONG = "pY7-kq2LmZ0_vRt9XwCa4sDf8GhJ1nBe6UoQi3EyTzKx5Wc-Vd"
URL = "https://jamsostek.contoh.go.id"


@pytest.fixture
def installation(tmp_path, monkeypatch, settings):
    """A data folder of its own, beside a database that is prepared already."""
    monkeypatch.setenv("JAMSOSTEK_VAR", str(tmp_path))
    monkeypatch.delenv("EMAIL_HOST_PASSWORD", raising=False)
    settings.SECRET_KEY, settings.EXAMPLE_DATA = STRONG, False
    return tmp_path


def setup(**flags):
    told = StringIO()
    call_command("setup", stdout=told, stderr=told, no_input=True, skip_prepare=True, **flags)
    return told.getvalue()


def test_without_questions_it_prints_a_link_for_the_administrator(installation):
    told = setup(url=URL, region=KOTA_A, admin_name="Kepala Dinas Uji")
    token = re.search(rf"{URL}/undangan/(\S+)/", told)[1]
    link = find_link(token)
    assert (link.full_name, link.role, link.region_id, link.made_by.username) == (
        "Kepala Dinas Uji",
        Role.ADMINISTRATOR,
        "ID",
        "sistem",
    )
    assert kept_settings() == {
        "EXAMPLE_DATA": "0",
        "PUBLIC_URL": URL,
        "ALLOWED_HOSTS": "jamsostek.contoh.go.id,127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": URL,
        "HTTPS": "1",
        "EMAIL_HOST": "",
        "EMAIL_PORT": "587",
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": "1",
        "HOME_REGION": KOTA_A,
    }
    assert stat.S_IMODE(settings_file().stat().st_mode) == 0o600
    for sentence in (
        "[baik]   Basis data terhubung: PostgreSQL",
        "[baik]   Redis atau Valkey terhubung.",
        "[baik]   SECRET_KEY cukup kuat.",
        "Cadangkan kunci itu terpisah dari cadangan basis data",
        "[kurang] Surel belum disetel.",
    ):
        assert sentence in told


def test_run_again_it_keeps_what_it_was_told_and_the_old_link_dies(installation):
    first = re.search(r"/undangan/(\S+)/", setup(url=URL, region=KOTA_A))[1]
    before = kept_settings()
    second = re.search(r"/undangan/(\S+)/", setup())[1]
    assert kept_settings() == before
    assert (find_link(first), find_link(second)) == (None, Invitation.objects.get())


def test_with_an_administrator_nobody_is_invited(installation, cast):
    assert "Administrator sudah ada: Admin." in setup(url=URL)
    assert not Invitation.objects.exists()


def answered(monkeypatch, *lines, passwords=()):
    lines, passwords = iter(lines), iter(passwords)
    monkeypatch.setattr("builtins.input", lambda _question: next(lines))
    monkeypatch.setattr(asking, "getpass", lambda _question: next(passwords))
    monkeypatch.setattr(setup_command, "getpass", lambda _question: next(passwords))


def test_with_questions_it_makes_the_administrator(installation, monkeypatch):
    good = "sawah-hijau-luas-77"
    answered(
        monkeypatch,
        # An answer that cannot be used is asked for again, alone.
        *("cilegon", URL, "Kota Cilegon", KOTA_A, "", "", "kadis", "Kepala Dinas Uji"),
        passwords=["kadis", good, "lain", good, good],
    )
    told = StringIO()
    call_command("setup", stdout=told, stderr=told, skip_prepare=True)
    user = User.objects.get(username="kadis")
    assert (user.check_password(good), str(user.assignments.get())) == (True, "Administrator · Indonesia")
    for said in ("“cilegon” bukan alamat", "“Kota Cilegon” bukan kode", "Kedua kata sandi tidak sama."):
        assert said in told.getvalue()
    assert good not in told.getvalue()


def test_the_password_of_the_mail_server_is_typed_unseen(installation, monkeypatch):
    good = "sawah-hijau-luas-77"
    kept = []
    for typed in ("sandi-surel", ""):
        answered(
            monkeypatch,
            *(URL, KOTA_A, "surel.contoh.go.id", "587", "aplikasi", "app@contoh.go.id", "", ""),
            *("kadis", "Kepala Dinas Uji"),
            passwords=[typed, good, good],
        )
        told = StringIO()
        call_command("setup", stdout=told, stderr=told, skip_prepare=True)
        kept.append(kept_settings()["EMAIL_HOST_PASSWORD"])
        assert "sandi-surel" not in told.getvalue()
    assert kept == ["sandi-surel", "sandi-surel"]


def test_a_script_gives_it_in_the_environment_and_no_flag_takes_it(installation, monkeypatch):
    monkeypatch.setenv("EMAIL_HOST_PASSWORD", "sandi-surel")
    setup(url=URL, mail_host="surel.contoh.go.id")
    assert kept_settings()["EMAIL_HOST_PASSWORD"] == "sandi-surel"
    with pytest.raises(TypeError, match="mail_password"):
        setup(url=URL, mail_password="x")


def test_a_folder_for_backups_is_kept_and_must_be_a_whole_path(installation):
    setup(url=URL, backup_dir="/mnt/cadangan")
    setup(url=URL)
    assert kept_settings()["BACKUP_DIR"] == "/mnt/cadangan"
    with pytest.raises(CommandError, match="“cadangan” bukan jalur lengkap"):
        setup(url=URL, backup_dir="cadangan")


def test_an_office_stands_for_the_region_it_serves(installation):
    office_of("kc-uji", f"{KOTA_A}.01")
    setup(url=URL, office="kc-uji")
    assert kept_settings()["HOME_REGION"] == KOTA_A


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ({"url": "jamsostek.contoh.go.id"}, "bukan alamat"),
        ({"url": f"{URL}/masuk"}, "bukan alamat"),
        ({}, "bukan alamat"),
        ({"url": URL, "region": "36"}, "bukan kode kabupaten"),
        ({"url": URL, "region": "99.99"}, "bukan kode kabupaten"),
        ({"url": URL, "office": "kc-tidak-ada"}, "tidak dikenal"),
        ({"url": URL, "mail_port": "lima"}, "bukan nomor port"),
    ],
)
def test_an_answer_that_cannot_be_used_changes_nothing(installation, flags, sentence):
    with pytest.raises(CommandError, match=sentence):
        setup(**flags)
    assert (settings_file().exists(), Invitation.objects.exists()) == (False, False)


def test_a_database_with_example_people_is_no_place_to_begin(installation, system):
    ensure_example_users(by=system)
    with pytest.raises(CommandError, match="berisi data contoh"):
        setup(url=URL)


@pytest.mark.parametrize("weak", ["short", "a" * 60, "aB3xQ9zLkP0_w" * 5, "django-insecure-" + STRONG])
def test_a_weak_key_stops_it(installation, settings, weak):
    settings.SECRET_KEY = weak
    with pytest.raises(CommandError, match="bertanda"):
        setup(url=URL)
    assert not settings_file().exists()


def test_services_that_do_not_answer_are_named_with_the_remedy(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    database, redis = check_services()
    assert (database.is_good, redis.is_good) == (True, False)
    assert str(redis) == (
        "[kurang] Redis atau Valkey tidak dapat dihubungi (ConnectionError).\n"
        "         Periksa REDIS_URL dan apakah layanannya menyala, lalu ulangi."
    )


def test_it_says_where_the_keys_lie(settings, tmp_path, monkeypatch):
    settings.SECRET_KEY, settings.VAR_DIR = STRONG, tmp_path
    *_others, lie = check_keys()
    assert lie.sentence == "Kunci disimpan di variabel lingkungan SECRET_KEY dan NIK_KEYS."
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "NIK_KEYS").write_text("1:abc\n")
    monkeypatch.setenv("NIK_KEYS", "1:abc")
    *_others, lie = check_keys()
    assert lie.sentence == f"Kunci disimpan di {folder}."


def test_a_mail_server_that_is_away_is_said(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    answers = settings_of_mail({"mail_host": "127.0.0.1", "mail_port": "1"})
    check = check_mail(answers, "a@contoh.go.id")
    assert (check.is_good, "tidak terkirim (ConnectionRefusedError)" in check.sentence) == (False, True)
    assert issubclass(smtplib.SMTPException, OSError)


def test_a_mail_server_that_answers_gets_one_message(settings, mailoutbox):
    answers = settings_of_mail({"mail_host": "surel", "mail_from": "app@contoh.go.id"})
    assert check_mail(answers, "a@contoh.go.id").is_good
    ((message),) = mailoutbox
    assert (message.to, message.from_email) == (["a@contoh.go.id"], "app@contoh.go.id")


def test_a_plain_address_needs_no_trusted_origin():
    assert settings_of_url("http://10.0.0.5:8000/") == {
        "PUBLIC_URL": "http://10.0.0.5:8000",
        "ALLOWED_HOSTS": "10.0.0.5,127.0.0.1,localhost",
        "CSRF_TRUSTED_ORIGINS": "",
        "HTTPS": "0",
    }
    with pytest.raises(BadAnswer):
        settings_of_url("ftp://contoh")


def test_kept_settings_hold_what_was_written_whatever_is_in_it(tmp_path, monkeypatch):
    monkeypatch.setenv("JAMSOSTEK_VAR", str(tmp_path))
    odd = "p'a\"s s$HOME#\\x ="
    keep_settings({"EMAIL_HOST_PASSWORD": odd, "HTTPS": "1"})
    keep_settings({"HTTPS": "0"})
    assert kept_settings() == {"EMAIL_HOST_PASSWORD": odd, "HTTPS": "0"}


def test_assign_role_takes_an_office_an_end_and_a_title(cast):
    office_of("kc-uji", KOTA_A)
    told = StringIO()
    call_command(
        "assign_role",
        *("nobody", "branch_head", "--office", "kc-uji", "--until", "2099-01-01", "--title", "Kepala"),
        stdout=told,
    )
    role = cast.nobody.assignments.get()
    assert (role.office_id, role.region_id, str(role.valid_until), role.title) == (
        "kc-uji",
        None,
        "2099-01-01",
        "Kepala",
    )
    assert told.getvalue() == "nobody: Kepala Cabang, kantor kc-uji\n"


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--office", "kc-x"), "Kantor kc-x tidak dikenal"),
        (("--region", "99"), "Wilayah 99 tidak dikenal"),
        (("--region", "36", "--until", "besok"), "bukan tanggal"),
        (("--region", "36", "--until", "2020-01-01"), "sudah lewat"),
        (("--region", "36", "--office", "kc-x"), "not allowed with"),
        ((), "required"),
    ],
)
def test_assign_role_says_what_it_cannot_use(cast, flags, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("assign_role", "nobody", "viewer", *flags)
    assert not cast.nobody.assignments.exists()
