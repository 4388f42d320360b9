"""The identity provider of an office, as the environment names it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from jamsostek_monitor.environment import env

_NEEDED = ("OIDC_CLIENT_ID", "OIDC_SECRET")


@dataclass(frozen=True)
class OfficeProvider:
    """`key` tells issuers apart: a subject of one is nobody under another."""

    key: str
    name: str
    apps: list[dict[str, Any]]


def office_provider() -> OfficeProvider:
    """Without OIDC_ISSUER there is none. Raises ImproperlyConfigured where only a part of it is set."""
    issuer, name = env.str("OIDC_ISSUER", "").rstrip("/"), env.str("OIDC_NAME", "") or "akun kantor"
    key = f"kantor-{hashlib.sha256(issuer.encode()).hexdigest()[:12]}"
    if not issuer:
        return OfficeProvider(key, name, [])
    missing = [wanted for wanted in _NEEDED if not env.str(wanted, "")]
    if missing:
        raise ImproperlyConfigured(f"OIDC_ISSUER diisi, tetapi {' dan '.join(missing)} belum.")
    if not issuer.startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise ImproperlyConfigured(f"OIDC_ISSUER harus dimulai dengan https://, bukan {issuer}.")
    return OfficeProvider(key, name, [_app(key, name, issuer)])


def _app(key: str, name: str, issuer: str) -> dict[str, Any]:
    return {
        "provider_id": key,
        "name": name,
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_SECRET"),
        "settings": {"server_url": issuer},
    }
