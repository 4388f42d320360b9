"""A head of the ledger as it is signed: origin, size, root, day, and where it follows a restored backup.

The form is the one transparency logs use (a signed note: a checkpoint of three lines, then lines of our own),
so that their tools can read it.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_ALGORITHM = b"\x01"
# Enough of a root that nobody finds another one; this much stands on paper.
PRINTED_DIGITS = 16
_NO_KEY = (
    "LEDGER_KEY belum ada, maka log aktivitas tidak dapat ditandatangani atau diperiksa. Setel LEDGER_KEY "
    "yang sama di semua mesin, atau jalankan ./script/manage prepare di mesin ini."
)


class BadHead(ValueError):
    """Not a head, or not signed by the key of this installation."""


@dataclass(frozen=True)
class Head:
    """`forked_at`: up to which size earlier heads still hold, where a backup was restored."""

    origin: str
    size: int
    root: str
    day: date
    forked_at: int | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        lines = [self.origin, str(self.size), root, f"day {self.day:%Y-%m-%d}"]
        if self.forked_at is not None:
            lines.append(f"fork {self.forked_at} {self.reason}")
        return "".join(f"{line}\n" for line in lines)


def signing_key() -> Ed25519PrivateKey:
    """Raises ImproperlyConfigured where there is none."""
    return _key_of(settings.LEDGER_KEY)


@lru_cache(maxsize=2)
def _key_of(encoded: str) -> Ed25519PrivateKey:
    if not encoded:
        raise ImproperlyConfigured(_NO_KEY)
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("LEDGER_KEY harus 32 bita acak dalam base64.") from error


def _public_bytes(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def origin_of(key: Ed25519PrivateKey) -> str:
    """Named by the key itself: what another installation signed has another origin."""
    return f"jamsostek-monitor/{hashlib.sha256(_public_bytes(key.public_key())).hexdigest()[:12]}"


def signer_name() -> str:
    """Under which this installation signs; empty where it has no key."""
    try:
        return origin_of(signing_key())
    except ImproperlyConfigured:
        return ""


def _key_id(origin: str, key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + _ALGORITHM + _public_bytes(key)).digest()[:4]


def signed(head: Head) -> str:
    return signed_text(head.origin, head.text)


def signed_text(origin: str, text: str) -> str:
    """A note: the text, whose first line is its origin, an empty line and the signature."""
    key = signing_key()
    signature = _key_id(origin, key.public_key()) + key.sign(text.encode())
    return f"{text}\n— {origin} {base64.b64encode(signature).decode()}\n"


def public_key_text() -> str:
    """By which others verify what this installation signed, in base64."""
    return base64.b64encode(_public_bytes(signing_key().public_key())).decode()


def opened(note: str) -> Head:
    """The head that a note holds, once its signature was checked. Raises BadHead."""
    text, _blank, last = note.partition("\n\n")
    text += "\n"
    key = signing_key()
    public, origin = key.public_key(), origin_of(key)
    dash, _space, rest = last.strip().partition(" ")
    name, _space, encoded = rest.partition(" ")
    try:
        signature = base64.b64decode(encoded, validate=True)
        if dash != "—" or name != origin or signature[:4] != _key_id(origin, public):
            raise BadHead("signed by another key")
        public.verify(signature[4:], text.encode())
    except (binascii.Error, InvalidSignature) as error:
        raise BadHead("the signature does not fit") from error
    return _parsed(text)


def _parsed(text: str) -> Head:
    origin, size, root, day, *more = text.splitlines()
    forked_at, reason = None, ""
    if more:
        _fork, number, reason = more[0].split(" ", 2)
        forked_at = int(number)
    root_hex = base64.b64decode(root, validate=True).hex()
    return Head(origin, int(size), root_hex, date.fromisoformat(day.removeprefix("day ")), forked_at, reason)


def typed_head(text: str) -> tuple[int, str] | None:
    """Size and beginning of the root as somebody typed them from paper; None where that is no head."""
    size, _dash, root = text.strip().lower().replace(" ", "").partition("-")
    if not (size.isascii() and size.isdigit() and len(size) <= 12 and PRINTED_DIGITS <= len(root) <= 64):
        return None
    if set(root) - set("0123456789abcdef"):
        return None
    return int(size), root
