"""Signing what is sent to programs, by the Standard Webhooks specification."""

import base64
import hmac
import secrets
from collections.abc import Iterable

_MARK = "whsec_"


def new_secret() -> str:
    return _MARK + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_MARK))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def signed_headers(keys: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """While a secret is being changed, both sign: the receiver may take over the new one at leisure."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "jamsostek-monitor",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, message_id, timestamp, body) for key in keys),
    }
