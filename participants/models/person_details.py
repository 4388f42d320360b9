from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import Sex


class PersonDetails(models.Model):
    """Open columns that a person has and that a row of a list may say of one; see `person_columns`."""

    birth_place = models.CharField(_("tempat lahir"), max_length=80, blank=True)
    birth_date = models.DateField(_("tanggal lahir"), null=True)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex.choices, blank=True)
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    village_name = models.CharField(_("desa/kelurahan"), max_length=80, blank=True)
    district_name = models.CharField(_("kecamatan"), max_length=80, blank=True)
    # What fields of the office's own hold, by their keys: the value, or of a personal one its digest …
    extra = models.JSONField(
        _("isian tambahan"), default=dict, db_default=models.Value({}, models.JSONField())
    )
    # … and here the value sealed, as hexadecimal text.
    extra_sealed = models.JSONField(
        _("isian tambahan tersandi"), default=dict, db_default=models.Value({}, models.JSONField())
    )

    class Meta:
        abstract = True
