"""What the column of a person may say: two things for each, as offices write them and as they are kept."""

from dataclasses import dataclass

from participants.importers.header import Field


@dataclass(frozen=True)
class Said:
    first: str
    second: str


_SAID = {
    Field.NAME: Said("Ayu Uji", "Ayu Uji Lestari"),
    Field.BIRTH_DATE: Said("01/04/1965", "02/04/1965"),
    Field.SEX: Said("L", "P"),
    Field.PHONE: Said("081234567890", "081234567891"),
    Field.KPJ: Said("12345678901", "12345678902"),
}
_OTHER = Said("Kampung Satu", "Kampung Dua")


def said_of(column):
    """Of a column that nobody has thought of here, two names of places."""
    return _SAID.get(column.field, _OTHER)
