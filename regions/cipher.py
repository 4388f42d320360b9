"""Sealing and matching of what identifies a person (NIK, KPJ, telephone numbers), and sealing of secrets.

A sealed value is AES-256-GCM under one of the keys of `NIK_KEYS` (`1:<base64>,2:<base64>`): one byte
number of the key, twelve bytes nonce, then the text with its tag. The highest number seals; the others
only open, until `rotate_keys` has sealed everything anew. Equal values are found by a keyed digest
(HMAC-SHA256), which says nothing without the key.
"""

import base64
import binascii
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE = 12
_KEY_BYTES = 32
_NUMBERS = range(1, 256)


class Unreadable(Exception):
    """The value was sealed with a key that is not configured, or was damaged."""


@dataclass(frozen=True, slots=True)
class Key:
    number: int
    mark: bytes
    sealing: AESGCM
    matching: bytes

    def seal(self, content: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return self.mark + nonce + self.sealing.encrypt(nonce, content, None)

    def digest(self, content: bytes) -> bytes:
        return hmac.digest(self.matching, content, "sha256")


def key_in_use() -> Key:
    """The key that seals; for who seals a hundred thousand values."""
    return _keys()[-1]


def seal(text: str) -> bytes:
    return key_in_use().seal(text.encode())


def seal_bytes(content: bytes) -> bytes:
    return key_in_use().seal(content)


def unseal(sealed: bytes | memoryview) -> str:
    return unseal_bytes(sealed).decode()


def unseal_bytes(sealed: bytes | memoryview) -> bytes:
    """Raises Unreadable."""
    blob = bytes(sealed)
    key = next((key for key in _keys() if blob[:1] == key.mark), None)
    if key is None:
        raise Unreadable("no key of this number is configured")
    try:
        return key.sealing.decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], None)
    except InvalidTag as error:
        raise Unreadable("the sealed value was damaged") from error


def digest(text: str) -> bytes:
    """32 bytes that are equal exactly for equal texts, under the key in use."""
    return key_in_use().digest(text.encode())


def digests(text: str) -> list[bytes]:
    """The digest under every configured key: what to look for while keys are being changed."""
    return [key.digest(text.encode()) for key in reversed(_keys())]


def sealing_key() -> int:
    """The number of the key that seals."""
    return _keys()[-1].number


def key_count() -> int:
    return len(_keys())


def _keys() -> tuple[Key, ...]:
    return _parse(settings.NIK_KEYS)


@lru_cache(maxsize=4)
def _parse(text: str) -> tuple[Key, ...]:
    found = {}
    for part in text.split(","):
        number, _colon, encoded = part.strip().partition(":")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            secret = b""
        if not number.isdigit() or int(number) not in _NUMBERS or len(secret) != _KEY_BYTES:
            raise ImproperlyConfigured(
                "NIK_KEYS harus berbentuk nomor:kunci, misalnya 1:<32 bita acak dalam base64>, "
                "beberapa kunci dipisah koma, nomor 1 sampai 255."
            )
        found[int(number)] = Key(
            int(number),
            bytes([int(number)]),
            AESGCM(_derive(secret, b"sealing")),
            _derive(secret, b"matching"),
        )
    return tuple(found[number] for number in sorted(found))


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"jamsostek-monitor " + purpose).derive(secret)
