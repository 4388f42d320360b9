"""What must be in order before an office works with an installation: each as a sentence with its remedy."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import DatabaseError, connection

from jamsostek_monitor.safe_settings import LETTERS, is_strong, public_hosts
from regions.cipher import key_in_use

_OLDEST_POSTGRES = 150_000


@dataclass(frozen=True)
class Check:
    is_good: bool
    sentence: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = "[baik]  " if self.is_good else "[kurang]"
        return f"{mark} {self.sentence}" + (f"\n         {self.remedy}" if self.remedy else "")


def check_services() -> Iterator[Check]:
    yield _database()
    yield _redis()


def _database() -> Check:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return Check(
            False,
            f"Basis data tidak dapat dihubungi ({type(error).__name__}).",
            "Periksa DATABASE_URL dan apakah PostgreSQL menyala, lalu ulangi.",
        )
    version = connection.pg_version  # type: ignore[attr-defined]
    good = version >= _OLDEST_POSTGRES
    remedy = "" if good else "Aplikasi memerlukan PostgreSQL 15 atau lebih baru."
    return Check(good, f"Basis data terhubung: PostgreSQL {version // 10_000}.", remedy)


def _redis() -> Check:
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3).ping()
    except redis.RedisError as error:
        return Check(
            False,
            f"Redis atau Valkey tidak dapat dihubungi ({type(error).__name__}).",
            "Periksa REDIS_URL dan apakah layanannya menyala, lalu ulangi.",
        )
    return Check(True, "Redis atau Valkey terhubung.")


def check_keys() -> Iterator[Check]:
    """The keys are strong; and, good or not, where they lie."""
    strong = is_strong(settings.SECRET_KEY)
    yield Check(
        strong,
        "SECRET_KEY cukup kuat." if strong else "SECRET_KEY terlalu mudah ditebak.",
        "" if strong else f"Pakai teks acak sedikitnya {LETTERS} huruf; semua orang lalu masuk lagi.",
    )
    try:
        number = key_in_use().number
    except ImproperlyConfigured as error:
        yield Check(
            False, f"NIK_KEYS tidak dapat dipakai: {error}", "Bentuknya 1:<32 bita acak dalam base64>."
        )
    else:
        yield Check(True, f"NIK_KEYS dapat dipakai; kunci nomor {number} menyandikan.")
    yield Check(True, f"Kunci disimpan di {_where_keys_lie()}.", _BACKUP)


def check_https(answers: dict[str, str]) -> Check:
    """Whether the server would start with these answers."""
    if answers["HTTPS"] == "1":
        return Check(True, "Alamat untuk umum memakai HTTPS.")
    public = public_hosts(answers["ALLOWED_HOSTS"].split(","))
    if not public:
        return Check(True, "Tanpa HTTPS: hanya dapat dipakai dari mesin ini.")
    return Check(
        False,
        f"Alamat {', '.join(public)} tanpa HTTPS: server tidak akan mulai.",
        "Pasang TLS di depan aplikasi (nginx, misalnya), lalu jalankan setup lagi dengan --url https://…",
    )


_BACKUP = (
    "Cadangkan kunci itu terpisah dari cadangan basis data: tanpa kunci, NIK yang tersimpan tidak dapat "
    "dibaca lagi; dengan keduanya di satu tempat, penyandian tidak melindungi apa pun."
)


def check_role() -> Check:
    """Whether web and workers may change tables: then the ledger is only as safe as they are."""
    role = os.environ.get("DATABASE_RUNTIME_ROLE") or str(connection.settings_dict["USER"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(rolname, tableowner, 'MEMBER') FROM pg_roles, pg_tables"
            " WHERE rolname = %s AND tablename = 'regions_act'",
            [role],
        )
        found = cursor.fetchone()
    good = found is not None and not found[0]
    remedy = "" if good else "Pakai dua peran seperti dalam docs/security.md, lalu setel DATABASE_OWNER_URL."
    words = "tidak dapat" if good else "dapat"
    return Check(good, f"Aplikasi berjalan sebagai peran {role}, yang {words} mengubah tabelnya.", remedy)


def _where_keys_lie() -> str:
    kept = Path(settings.VAR_DIR) / "secrets" / "NIK_KEYS"
    own = kept.exists() and kept.read_text(encoding="utf-8").strip() == os.environ.get("NIK_KEYS", "").strip()
    return str(kept.parent) if own else "variabel lingkungan SECRET_KEY dan NIK_KEYS"


def check_mail(answers: dict[str, str], to: str) -> Check:
    """Sends one message to the address, as the answers say."""
    sender = get_connection(
        host=answers["EMAIL_HOST"],
        port=int(answers["EMAIL_PORT"]),
        username=answers["EMAIL_HOST_USER"],
        password=answers["EMAIL_HOST_PASSWORD"],
        use_tls=answers["EMAIL_USE_TLS"] == "1",
        timeout=10,
    )
    message = EmailMessage(
        "Uji surel Jamsostek Monitor",
        "Surel keluar dari pemasangan ini berjalan.",
        answers.get("EMAIL_FROM") or settings.DEFAULT_FROM_EMAIL,
        [to],
        connection=sender,
    )
    try:
        message.send()
    except OSError as error:
        return Check(
            False,
            f"Surel uji ke {to} tidak terkirim ({type(error).__name__}).",
            "Periksa nama server, port dan kata sandi surel, lalu jalankan setup lagi.",
        )
    return Check(True, f"Surel uji dikirim ke {to}.")
