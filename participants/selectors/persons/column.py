"""What is known of a person, column by column: what people call it, and its cells as text."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from participants.importers.header import Field
from participants.models import Participant

PERSON_LABELS = {
    "name": _("nama"),
    "birth_place": _("tempat lahir"),
    "birth_date": _("tanggal lahir"),
    "sex": _("jenis kelamin"),
    "address": _("alamat"),
    "village_name": _("desa/kelurahan"),
    "district_name": _("kecamatan"),
}
# Sealed: that they changed is told, hardly what they were.
SECRET_LABELS = {"kpj": _("nomor KPJ"), "phone": _("nomor telepon")}


@dataclass(frozen=True)
class ColumnDifference:
    """One column before and after, in words."""

    label: str
    old: str
    new: str


def open_cells(person: Participant) -> dict[Field, str]:
    """The cells that may be shown."""
    return {
        Field.NAME: person.name,
        Field.BIRTH_PLACE: person.birth_place,
        Field.BIRTH_DATE: f"{person.birth_date:%d/%m/%Y}" if person.birth_date else "",
        Field.SEX: person.sex,
        Field.ADDRESS: person.address,
        Field.VILLAGE: person.village_name,
        Field.DISTRICT: person.district_name,
    }


def all_cells(person: Participant) -> dict[Field, str]:
    """These and the NIK, telephone and KPJ whole: to be judged again, never to be shown."""
    secret = {Field.NIK: person.nik.digits, Field.PHONE: person.phone, Field.KPJ: person.kpj}
    return open_cells(person) | secret
