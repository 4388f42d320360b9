from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import Programme
from participants.programme_set import usual_programmes


class ProgrammeRule(models.Model):
    """From which day on which programmes, all together, make a person covered.

    The one table that keeps such rules stands higher up; `participants.selectors.programme_rule` finds it.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    programmes = ArrayField(
        models.CharField(max_length=3, choices=Programme.choices),
        verbose_name=_("program yang harus lengkap"),
        default=usual_programmes,
    )
    valid_from = models.DateField(_("berlaku sejak"))

    class Meta:
        abstract = True

    @classmethod
    def in_force(cls) -> models.QuerySet[Any]:
        """Those that hold, the earliest first."""
        raise NotImplementedError
