"""What `setup` asks: the public address, the place that is served, and the mail server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from regions.enums import Level
from regions.models.region import level_of
from regions.selectors.office import regencies_of_office
from regions.selectors.region import find_region

Ask = Callable[[str, str], str]


class BadAnswer(Exception):
    """An answer that cannot be used; its text says why and what one looks like."""


@dataclass(frozen=True)
class Question:
    flag: str
    words: str
    # Of the kept settings, proposed when it is asked again.
    setting: str


QUESTIONS = (
    Question(
        "url", "Alamat yang dipakai orang di peramban, misalnya https://jamsostek.cilegon.go.id", "PUBLIC_URL"
    ),
    Question(
        "region",
        "Kode kabupaten/kota yang dilayani, misalnya 36.72 (kosong: belum ditentukan)",
        "HOME_REGION",
    ),
    Question(
        "mail_host", "Server surel keluar, misalnya smtp.cilegon.go.id (kosong: tanpa surel)", "EMAIL_HOST"
    ),
)
BACKUP = Question(
    "backup_dir",
    "Folder cadangan harian di disk lain, misalnya /mnt/cadangan (kosong: tanpa cadangan terjadwal)",
    "BACKUP_DIR",
)
MAIL_QUESTIONS = (
    Question("mail_port", "Port surel", "EMAIL_PORT"),
    Question("mail_user", "Nama pengguna surel (kosong: tanpa)", "EMAIL_HOST_USER"),
    Question("mail_from", "Alamat pengirim, misalnya jamsostek@cilegon.go.id", "EMAIL_FROM"),
)
MAIL_PASSWORD = Question(
    "mail_password",
    "Kata sandi surel (tidak tampil; kosong: seperti semula)",
    "EMAIL_HOST_PASSWORD",
)


def settings_of_url(url: str) -> dict[str, str]:
    """All that hangs on the public address."""
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise BadAnswer(f"“{url}” bukan alamat. Tulis seperti https://jamsostek.cilegon.go.id, tanpa jalur.")
    origin = f"{parts.scheme}://{parts.netloc}"
    secure = parts.scheme == "https"
    return {
        "PUBLIC_URL": origin,
        # The supervisor asks the server itself whether it is ready.
        "ALLOWED_HOSTS": ",".join(dict.fromkeys([parts.hostname, "127.0.0.1", "localhost"])),
        "CSRF_TRUSTED_ORIGINS": origin if secure else "",
        "HTTPS": "1" if secure else "0",
    }


def settings_of_region(code: str) -> dict[str, str]:
    region = find_region(code)
    if region is None or level_of(code) != Level.REGENCY:
        raise BadAnswer(f"“{code}” bukan kode kabupaten atau kota. Contoh: 36.72 untuk Kota Cilegon.")
    return {"HOME_REGION": code}


def check_answer(question: Question, answer: str) -> None:
    """Raises BadAnswer; questions that may stay empty and others take anything."""
    if question.flag == "url":
        settings_of_url(answer)
    elif question.flag == "region" and answer:
        settings_of_region(answer)
    elif question.flag == "backup_dir":
        settings_of_backup(answer)
    elif question.flag == "mail_port" and answer:
        settings_of_mail({"mail_port": answer})


def settings_of_backup(folder: str) -> dict[str, str]:
    """Only where one was named; an empty answer leaves whatever was kept."""
    if folder and not Path(folder).is_absolute():
        raise BadAnswer(f"“{folder}” bukan jalur lengkap. Tulis seperti /mnt/cadangan.")
    return {"BACKUP_DIR": folder} if folder else {}


def settings_of_office(code: str) -> dict[str, str]:
    codes = regencies_of_office(code)
    if not codes:
        raise BadAnswer(
            f"Kantor “{code}” tidak dikenal atau belum memiliki wilayah kerja. Contoh: kc-cilegon."
        )
    return {"HOME_REGION": codes[0]}


def settings_of_mail(given: Mapping[str, str]) -> dict[str, str]:
    host, port = given.get("mail_host", ""), given.get("mail_port") or "587"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise BadAnswer(f"“{port}” bukan nomor port. Biasanya 587 atau 25.")
    settings = {
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": given.get("mail_user", ""),
        "EMAIL_HOST_PASSWORD": given.get("mail_password", ""),
        "EMAIL_USE_TLS": "0" if given.get("mail_without_tls") else "1",
    }
    if given.get("mail_from"):
        settings["EMAIL_FROM"] = given["mail_from"]
    return settings
