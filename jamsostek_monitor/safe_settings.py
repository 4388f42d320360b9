"""What makes an installation unsafe: a key that can be guessed, a public address without encryption."""

import ipaddress
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

LETTERS, _DIFFERENT = 50, 12
_KNOWN = ("django-insecure", "changeme", "change-me", "secret", "rahasia", "ganti")
log = logging.getLogger(__name__)


def is_strong(secret: str) -> bool:
    """Long, of many letters, no known beginning, and not the same piece over and over."""
    repeats = secret in (secret + secret)[1:-1]
    known = secret.lower().startswith(_KNOWN)
    return len(secret) >= LETTERS and len(set(secret)) >= _DIFFERENT and not repeats and not known


def public_hosts(hosts: Iterable[str]) -> list[str]:
    """Those by which other machines reach this one."""
    return [host for host in hosts if not _is_local(host)]


def _is_local(host: str) -> bool:
    name = host.strip("[]").lower()
    if name in {"localhost", "testserver"} or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@checks.register(checks.Tags.security)
def check_safe(app_configs: Sequence[Any] | None = None, **_options: Any) -> list[checks.CheckMessage]:
    """Nothing of it where the data are examples or somebody develops."""
    if settings.DEBUG or settings.EXAMPLE_DATA:
        return []
    return [*_secret(), *_https()]


def _secret() -> list[checks.CheckMessage]:
    if is_strong(settings.SECRET_KEY):
        return []
    remedy = f"Pakai teks acak sedikitnya {LETTERS} huruf; ganti berarti semua orang harus masuk lagi."
    return [checks.Error("SECRET_KEY terlalu mudah ditebak.", hint=remedy, id="jamsostek.E001")]


def _https() -> list[checks.CheckMessage]:
    if settings.HTTPS:
        return []
    public = public_hosts(settings.ALLOWED_HOSTS)
    remedy = "Pasang TLS di depan aplikasi (nginx, misalnya), lalu setel HTTPS=1."
    if public:
        sentence = f"Kata sandi dan data orang lewat tanpa penyandian di {', '.join(public)}."
        return [checks.Error(sentence, hint=remedy, id="jamsostek.E002")]
    sentence = "HTTPS belum disetel: pakailah dari mesin ini saja."
    return [checks.Warning(sentence, hint=remedy, id="jamsostek.W001")]


def refuse_unsafe() -> None:
    """For processes that are not started by a command, which would ask the checks by itself."""
    found = check_safe()
    for message in found:
        log.warning("%s %s", message.msg, message.hint)
    if any(message.is_serious() for message in found):
        raise ImproperlyConfigured(" ".join(f"{message.msg} {message.hint}" for message in found))
