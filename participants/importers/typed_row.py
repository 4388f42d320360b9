"""A row typed on the screen, in the shape in which rows of lists are judged."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from participants.importers.faults import Doubt
from participants.importers.header import Field, Header
from participants.importers.rows import ListRow

# In the order of the columns on the screen and of the lists that offices keep.
TYPED_FIELDS = (
    Field.NIK,
    Field.NAME,
    Field.BIRTH_PLACE,
    Field.BIRTH_DATE,
    Field.SEX,
    Field.ADDRESS,
    Field.VILLAGE,
    Field.DISTRICT,
    Field.PHONE,
)
_HEADER = Header(
    last_row=0,
    columns={field: index for index, field in enumerate(TYPED_FIELDS)},
    titles={field: field.value for field in TYPED_FIELDS},
)


def typed_row(cells: Mapping[Field, str]) -> ListRow:
    """Each column has its field as title, so that a fault of the row names the field."""
    return ListRow("", 0, _HEADER, {field: cells.get(field, "") for field in TYPED_FIELDS})


def doubt_sentence(doubt: Doubt) -> str:
    return {
        Doubt.DATE: _("Tanggal lahir berbeda dari NIK."),
        Doubt.SEX: _("Jenis kelamin berbeda dari NIK."),
        Doubt.REGION: _("NIK terbit di wilayah lain."),
        Doubt.DATE_MISSING: _("Tanggal lahir belum diisi."),
        Doubt.SEX_UNCLEAR: _("Jenis kelamin belum jelas."),
        Doubt.AGE_UNUSUAL: _("Umur di luar 17–65 tahun."),
        Doubt.ENDINGS: _("Banyak NIK berakhiran 0."),
    }[doubt]
