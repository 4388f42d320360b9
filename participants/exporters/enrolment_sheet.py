"""The list with which a branch enrols people: a row for each spell, in the columns that public forms ask for.

No upload template of BPJS Ketenagakerjaan is public; these are the fields of its printed forms (NIK, KPJ,
name, birth, sex, address, telephone, programmes, months), dates as day-month-year.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from participants.enums import EnrolmentState, Programme
from participants.models import Enrolment, Participant
from participants.selectors.persons.listed import ListedPerson

# As the forms write them, whatever the language of who takes the file.
TITLES = (
    *("NO", "NIK", "NO KPJ", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN (L/P)"),
    *("ALAMAT", "KELURAHAN/DESA", "KECAMATAN", "KABUPATEN/KOTA", "NO HP"),
    *(programme.value.upper() for programme in Programme),
    *("IURAN MULAI BULAN", "IURAN SAMPAI BULAN", "KATEGORI", "PEMBAYAR IURAN"),
)


def enrolment_rows(
    listed: Iterable[ListedPerson], extras: Callable[[Participant], Sequence[str]] = lambda _person: ()
) -> Iterator[list[str]]:
    """Of people proposed or covered, with their numbers whole; who has ended is not enrolled again.

    `extras` gives the cells of an office's own fields, which stand behind those of the forms.
    """
    number = 0
    for one in listed:
        for spell in one.spells:
            if spell.state != EnrolmentState.ENDED:
                number += 1
                yield [str(number), *_cells(one, spell), *extras(one.person)]


def _cells(one: ListedPerson, spell: Enrolment) -> list[str]:
    person = one.person
    return [
        person.nik.digits,
        person.kpj,
        person.name,
        person.birth_place,
        f"{person.birth_date:%d-%m-%Y}" if person.birth_date else "",
        person.sex,
        person.address,
        person.village_name,
        person.district_name,
        person.region.full_label,
        person.phone,
        *("Y" if programme.value in spell.programmes else "T" for programme in Programme),
        f"{spell.first_month:%m-%Y}",
        f"{spell.last_month:%m-%Y}" if spell.last_month else "",
        spell.category.name,
        (spell.payer or spell.funding).name,
    ]
