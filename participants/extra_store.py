"""How personal values of fields that an office added are kept: sealed, and matched by a digest."""

from collections.abc import Mapping

from regions.cipher import Key, key_in_use, unseal


def sealed_extra(secret: Mapping[str, str], key: Key | None = None) -> tuple[dict[str, str], dict[str, str]]:
    """By the keys of their fields: the digests, and the values sealed; both as hexadecimal text."""
    used = key or key_in_use()
    digests = {name: used.digest(_content(name, text)).hex() for name, text in secret.items()}
    return digests, {name: used.seal(text.encode()).hex() for name, text in secret.items()}


def opened_extra(sealed: Mapping[str, str]) -> dict[str, str]:
    return {name: unseal(bytes.fromhex(text)) for name, text in sealed.items()}


def _content(name: str, text: str) -> bytes:
    """Equal values of two fields have nothing to do with each other."""
    return f"{name}:{text}".encode()
