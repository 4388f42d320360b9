"""The drill: what was backed up comes back whole, and what is not whole never comes back."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from jamsostek_monitor.backup.making import make_backup, thin
from jamsostek_monitor.backup.manifest import read_manifest, write_manifest
from jamsostek_monitor.backup.noted import back_up_as_scheduled
from jamsostek_monitor.backup.problems import BackupProblem
from participants.services.batches.batch import send_file
from regions.models import Act
from regions.services.head import write_checkpoint
from reports.models import BackupNote, Heartbeat
from reports.services.backup_note import note_backup
from tests.cast import make_cast
from tests.conftest import load_test_reference
from tests.participants.batches import people, terms, workbook

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = "drill"
# A restore adds one act about itself, and a backup its note.
TOLD = {"regions_act", "regions_leaf", "regions_treenode", "reports_backupnote", "reports_heartbeat"}


@pytest.fixture
def second(tmp_path):
    """An empty database beside that of the tests, and commands on it."""
    name = f"{SECOND}_{connection.settings_dict['NAME']}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    yield Installation(name, tmp_path / "second")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Installation:
    def __init__(self, database, var):
        self.url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
        self.environment = {**os.environ, "DATABASE_URL": self.url, "JAMSOSTEK_VAR": str(var)}
        self.environment |= {"DATABASE_RUNTIME_ROLE": "", "EXAMPLE_DATA": "1"}
        self.var = var
        var.mkdir()

    def start(self, *command):
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), *map(str, command)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(manage, env=self.environment, **pipes)

    def run(self, *command):
        with self.start(*command) as process:
            told = process.communicate()[0]
        return process.returncode, " ".join(told.split())

    def tell(self, statement, values=()):
        with psycopg2.connect(self.url) as told, told.cursor() as cursor:
            cursor.execute(statement, values)

    def ask(self, question):
        with psycopg2.connect(self.url, options="-c TimeZone=UTC") as asked, asked.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()


def here(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def content(ask):
    """Of every table its rows as text, in the order of their text."""
    tables = [name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {
        table: sha256(repr(sorted(ask(f'SELECT t::text FROM public."{table}" t'))).encode()).hexdigest()
        for table in tables
        if table not in TOLD
    }


TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid), obj_description(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal AND tgname <> 'ledger_no_truncate'"
    " AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) ORDER BY 1, 2"
)
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"


@pytest.fixture
def people_sent():
    load_test_reference()
    wayan = make_cast().wayan
    send_file(terms=terms(), file_name="daftar.xlsx", content=workbook(people(3)), by=wayan)
    write_checkpoint()


def test_the_drill(people_sent, second, tmp_path):
    made, keys = tmp_path / "cadangan", tmp_path / "kunci.json"
    before, triggers, was = content(here), here(TRIGGERS), dict(here(SEQUENCES))
    call_command("backup", made, keys=keys)
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    secrets = json.loads(keys.read_text())
    assert (secrets["NIK_KEYS"], secrets["LEDGER_KEY"]) == (settings.NIK_KEYS, settings.LEDGER_KEY)
    for file in made.iterdir():
        assert settings.NIK_KEYS.partition(":")[2].encode() not in file.read_bytes(), file.name
    code, told = second.run("restore", made, "--keys", keys)
    assert code == 0, told
    assert "Log aktivitas utuh" in told
    assert here("SELECT count(*) FROM participants_batch") == [(1,)]
    assert content(second.ask) == before
    assert (second.var / "ledger" / "heads.txt").read_bytes() == settings.LEDGER_ANCHORS.read_bytes()
    assert second.ask(TRIGGERS) == triggers
    with pytest.raises(psycopg2.Error, match="Cannot update"):
        second.ask("UPDATE regions_act SET subject = 'x' RETURNING id")
    assert {name for name, value in second.ask(SEQUENCES) if (value or 0) < (was[name] or 0)} == set()
    # The restored installation can be backed up and restored in its turn.
    assert second.run("backup", tmp_path / "lagi")[0] == 0
    code, told = second.run("restore", tmp_path / "lagi", "--force")
    assert code == 0, told
    assert content(second.ask) == before


def test_of_whatever_differs_nothing_is_restored(second, tmp_path):
    made = tmp_path / "cadangan"
    make_backup(made)
    for file in made.iterdir():
        whole = file.read_bytes()
        middle = len(whole) // 2
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(BackupProblem, match="berubah atau rusak"):
            read_manifest(made)
        file.write_bytes(whole)
    manifest = read_manifest(made)
    manifest.migrations.append(["regions", "9999_later"])
    write_manifest(made, manifest)
    code, told = second.run("restore", made)
    assert (code, "regions.9999_later belum dikenal" in told) == (1, True)
    assert second.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_restore_that_goes_wrong_leaves_what_was_there(second, tmp_path):
    made = tmp_path / "cadangan"
    make_backup(made)
    assert second.run("restore", made)[0] == 0
    second.ask("INSERT INTO reports_heartbeat (name, at, detail) VALUES ('x', now(), '') RETURNING name")
    acts = second.ask("SELECT count(*) FROM regions_act")
    assert "tidak kosong" in second.run("restore", made)[1]
    manifest = read_manifest(made)
    manifest.tables["django_migrations"] = manifest.tables["regions_act"]
    write_manifest(made, manifest)
    code, told = second.run("restore", made, "--force")
    assert (code, "isi tabel django_migrations tidak sama dengan cadangan" in told) == (1, True), told
    assert second.ask("SELECT name FROM reports_heartbeat WHERE name = 'x'") == [("x",)]
    assert second.ask("SELECT count(*) FROM regions_act") == acts
    with psycopg2.connect(second.url):
        assert "masih dipakai (1 sambungan)" in second.run("restore", made, "--force")[1]


def test_another_installations_keys_are_asked_for(second, tmp_path):
    make_backup(tmp_path / "cadangan", keys_file=tmp_path / "kunci.json")
    second.environment["NIK_KEYS"] = "1:" + "A" * 43 + "="
    code, told = second.run("restore", tmp_path / "cadangan")
    assert (code, "Kunci NIK yang dipakai cadangan ini tidak ada" in told) == (1, True)
    code, told = second.run("restore", tmp_path / "cadangan", "--keys", tmp_path / "kunci.json")
    assert (code, "Setel NIK_KEYS seperti dalam berkas kunci." in told) == (0, True)


def test_a_killed_backup_leaves_nothing_that_looks_whole(tmp_path):
    made = tmp_path / "cadangan"
    own = Installation(connection.settings_dict["NAME"], tmp_path / "own")
    with psycopg2.connect(own.url) as held, held.cursor() as cursor:
        # pg_dump waits for the table, so the backup is caught in its middle.
        cursor.execute("LOCK TABLE regions_act IN ACCESS EXCLUSIVE MODE")
        with own.start("backup", made) as process:
            unfinished, end = tmp_path / ".unfinished-backup", time.monotonic() + 60
            while not (unfinished / "database.dump").exists():
                assert time.monotonic() < end
                time.sleep(0.05)
            with pytest.raises(BackupProblem, match="Cadangan lain sedang dibuat"):
                make_backup(tmp_path / "kedua")
            process.send_signal(signal.SIGKILL)
    assert not made.exists()
    with pytest.raises(BackupProblem, match="bukan cadangan yang utuh"):
        read_manifest(unfinished)
    make_backup(made)
    assert read_manifest(made).tables
    assert not unfinished.exists()


@contextmanager
def small_disk(folder):
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_says_so_and_is_noted(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        with pytest.raises(CommandError, match=f"Disk {disk} penuh"):
            call_command("backup", disk / "cadangan")
        assert list(disk.iterdir()) == []
    note = BackupNote.objects.get()
    assert (note.problem[:5], note.bytes, note.name) == ("Disk ", 0, "")
    assert not Act.objects.exists()


def test_nothing_is_written_over_and_keys_lie_apart(tmp_path):
    (tmp_path / "penuh").mkdir()
    (tmp_path / "penuh" / "x").touch()
    with pytest.raises(BackupProblem, match="tidak kosong"):
        make_backup(tmp_path / "penuh")
    with pytest.raises(BackupProblem, match="tidak disimpan bersama datanya"):
        make_backup(tmp_path / "a", keys_file=tmp_path / "a" / "kunci")
    with pytest.raises(BackupProblem, match="sudah ada"):
        make_backup(tmp_path / "a", keys_file=tmp_path / "penuh" / "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["penuh"]
    make_backup(tmp_path / "a", keys_file=tmp_path / "a" / "kunci", beside=True)
    assert json.loads((tmp_path / "a" / "kunci").read_text())["NIK_KEYS"] == settings.NIK_KEYS


def test_only_the_newest_whole_ones_stay(tmp_path):
    make_backup(tmp_path / "jamsostek-20260101-000000")
    for day in (2, 3):
        make_backup(tmp_path / f"jamsostek-2026010{day}-000000")
    (tmp_path / "jamsostek-20250101-000000").mkdir()
    (tmp_path / "lain").mkdir()
    assert [gone.name for gone in thin(tmp_path, 2)] == ["jamsostek-20260101-000000"]
    assert len(list(tmp_path.iterdir())) == 4


def test_the_nightly_one_is_noted_and_its_age_is_seen(tmp_path, settings, client_of):
    load_test_reference()
    cast = make_cast()
    assert back_up_as_scheduled() is None
    settings.BACKUP_DIR, settings.BACKUP_KEEP = str(tmp_path / "cadangan"), 1

    def page(person, address):
        return " ".join(client_of(person).get(address).content.decode().split())

    assert "Belum pernah ada cadangan yang utuh." in page(cast.admin, "/tugas/")
    made = back_up_as_scheduled()
    assert [path.name for path in (tmp_path / "cadangan").iterdir()] == [made.name]
    note, act = BackupNote.objects.get(), Act.objects.get(subject="cadangan basis data")
    manifest = read_manifest(made)
    assert (note.name, note.rows, note.bytes, note.made_by) == (
        made.name,
        manifest.rows,
        manifest.bytes,
        "terjadwal",
    )
    assert (act.actor_name, act.detail["rows"]) == ("terjadwal", note.rows)
    assert made.name in page(cast.admin, "/pekerjaan/")
    assert "Lihat cadangan" not in page(cast.admin, "/tugas/")
    BackupNote.objects.update(at=note.at - timedelta(days=2))
    Heartbeat.objects.update(at=note.at - timedelta(days=2))
    assert "lebih dari dua hari" in page(cast.admin, "/pekerjaan/")
    assert "Cadangan terakhir yang utuh dibuat" in page(cast.admin, "/tugas/")
    note_backup(made_by="terjadwal", problem="Disk penuh.")
    assert "Disk penuh." in page(cast.admin, "/tugas/")
    assert "Disk penuh." not in page(cast.wayan, "/tugas/")


def test_an_upgrade_backs_up_and_goes_back_when_it_fails(second, tmp_path):
    make_backup(tmp_path / "cadangan")
    assert second.run("restore", tmp_path / "cadangan")[0] == 0
    assert "sudah sesuai" in second.run("upgrade")[1]
    # As an installation of an earlier version has it, which went by the single files.
    second.tell("DELETE FROM django_migrations WHERE starts_with(name, '0001_tables_until_')")
    assert second.run("migrate", "reports", "0015")[0] == 0
    second.ask("CREATE TABLE reports_backupnote (odd int); SELECT 1")
    before = content(second.ask)
    with psycopg2.connect(second.url):
        assert "masih dipakai (1 sambungan)" in second.run("upgrade")[1]
    code, told = second.run("upgrade", "--backup", tmp_path / "sebelum")
    assert (code, "sudah dikembalikan seperti semula" in told) == (1, True), told
    assert content(second.ask) == before
    second.ask("DROP TABLE reports_backupnote; SELECT 1")
    code, told = second.run("upgrade", "--backup", tmp_path / "sebelum")
    assert (code, "Selesai." in told) == (0, True), told
    assert second.ask("SELECT count(*) FROM reports_backupnote") == [(0,)]
    assert len(list((tmp_path / "sebelum").iterdir())) == 2
