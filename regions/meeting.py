"""Kinds of meetings, and what becomes of what was promised there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    COORDINATION = "rakor", _("rapat koordinasi")
    MONITORING = "monev", _("monitoring dan evaluasi")
    DRAFTING = "penyusunan", _("rapat penyusunan regulasi")
    OTHER = "lain", _("rapat lain")


class CommitmentState(models.TextChoices):
    OPEN = "open", _("belum selesai")
    DONE = "done", _("selesai")
    WITHDRAWN = "withdrawn", _("dibatalkan")
