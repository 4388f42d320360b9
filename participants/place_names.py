"""Names of districts and villages as lists write them, brought into one form in which they are compared."""

import re

_NO_LETTER = re.compile(r"[\W_]+")
_KIND = re.compile(r"^(kecamatan|kec|desa|ds|kelurahan|kel)\s+(?=\S)")


def place_key(name: str) -> str:
    """`Kec. Ciwandan` and `CIWANDAN` → `ciwandan`."""
    return _KIND.sub("", _NO_LETTER.sub(" ", name.casefold()).strip())
