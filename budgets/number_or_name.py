"""How employers and construction projects are told apart: by their number, and without one by the name."""

import re

from django.utils.translation import gettext as _

from participants.nik import Nik, NikRefused

_NO_SIGN = re.compile(r"[\W_]+")
_WHITE = re.compile(r"\s+")
SHORTEST_NPP, LONGEST_NPP = 4, 20


def normal_number(text: str) -> str:
    """`aa 123.456-000` → `AA123456000`."""
    return _NO_SIGN.sub("", text).upper()


def npp_fault(npp: str) -> str:
    """Which rule of a normalised NPP is broken: "nik", "signs", or nothing."""
    if is_nik(npp):
        return "nik"
    is_plain = npp.isascii() and npp.isalnum() and any(map(str.isdigit, npp))
    return "" if is_plain and SHORTEST_NPP <= len(npp) <= LONGEST_NPP else "signs"


def no_npp() -> str:
    return _("Ini NIK, bukan NPP. Isi nomor pendaftaran perusahaan, atau kosongkan.")


def no_package_code() -> str:
    return _("Ini NIK, bukan kode paket. Isi kode RUP, atau kosongkan.")


def no_registration_number() -> str:
    return _("Ini NIK, bukan nomor pendaftaran. Isi nomor pendaftaran Jakon, atau kosongkan.")


def is_nik(text: str) -> bool:
    try:
        Nik(text)
    except NikRefused:
        return False
    return True


def called(name: str) -> str:
    """The name as it is compared: without regard to case and blanks."""
    return _WHITE.sub("", name).casefold()[:150]


def identity_of(number: str, name: str) -> str:
    """No number begins like that, so that no name is taken for one."""
    return number or f"~{called(name)}"
