"""The secret in a link that opens once. It is shown to the person who makes it and kept by nobody."""

import hashlib
import logging
import re
import secrets

_IN_ADDRESS = re.compile(r"(/undangan/|/lupa-sandi/\w+-)[^/\s\"'?]+")
_LONGEST = 100


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """256 random bits need no salt and no slow hash: nobody can try them all."""
    return hashlib.sha256(token[:_LONGEST].encode()).hexdigest()


class HiddenTokens(logging.Filter):
    """A log may name the address of a request; the token in it is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/undangan/" in text or "/lupa-sandi/" in text:
            record.msg, record.args = _IN_ADDRESS.sub(r"\1…", text), ()
        return True
