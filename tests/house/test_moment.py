"""Any moment since the oldest base can be restored, with the tools of the wheel."""

import subprocess
from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from jamsostek_monitor.backup.bases import _is_older, _segment
from jamsostek_monitor.backup.moment import base_for, moment_of
from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.embedded.wal_archive import archive_command, restore_command
from tests.own_services import found_by


def test_a_moment_comes_back_with_the_digests_that_its_tables_had(db):
    found = found_by("tests.moments", backups="cadangan 100%")
    assert (found["later"], found["back"]) == (70_002, 70_001)
    assert found["different"] == []
    assert "salinan dasar yang paling lama selesai" in found["too_early"].lower()
    assert found["triggers"]
    assert found["thinned"]
    assert found["state"]["ok"]
    assert [name[:5] for name in found["state"]["left"]] == ["base-", "jamso", "wal"]


def test_a_segment_is_kept_whole_and_never_changed(tmp_path):
    kept, source = tmp_path / "wal 100% 'sah'", tmp_path / "segment"
    kept.mkdir()
    source.write_bytes(b"x" * 1000)

    def keep():
        command = archive_command(kept).replace("%p", str(source)).replace("%f", "0A").replace("%%", "%")
        return subprocess.run(["sh", "-c", command], check=False).returncode

    assert (keep(), keep()) == (0, 0)
    source.write_bytes(b"y" * 1000)
    assert keep() != 0
    assert [path.name for path in kept.iterdir()] == ["0A.gz"]
    back = tmp_path / "back"
    command = restore_command(kept).replace("%p", str(back)).replace("%f", "0A").replace("%%", "%")
    subprocess.run(["sh", "-c", command], check=True)
    assert back.read_bytes() == b"x" * 1000
    missing = restore_command(kept).replace("%p", str(back)).replace("%f", "0B").replace("%%", "%")
    assert subprocess.run(["sh", "-c", missing], check=False).returncode == 1


def test_names_of_the_log_are_compared_without_their_timeline():
    assert _segment(1, "0/4000028") == "000000010000000000000004"
    assert _segment(2, "1A/FF000000") == "000000020000001A000000FF"
    assert _is_older("000000020000000000000003.gz", "0000000000000004")
    assert not _is_older("000000010000000000000004.gz", "0000000000000004")
    assert not _is_older("00000002.history.gz", "0000000000000004")


@pytest.mark.parametrize("words", ["kemarin", "2026-13-01 10:00", ""])
def test_what_is_no_moment_is_told_how_one_is_written(words):
    with pytest.raises(BackupProblem, match="Tulis seperti"):
        moment_of(words)


def test_a_moment_to_come_is_refused():
    with pytest.raises(BackupProblem, match="belum terjadi"):
        moment_of(f"{localtime(now() + timedelta(hours=1)):%Y-%m-%d %H:%M}")


def test_without_a_base_it_says_which_folder_is_meant():
    with pytest.raises(BackupProblem, match="BACKUP_DIR"):
        base_for([], now())
