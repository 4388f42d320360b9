"""Words of outreach: to whom it speaks, about what, how far an event has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    OFFICES = "opd", _("Perangkat daerah (OPD)")
    DISTRICTS = "camat", _("Camat dan lurah")
    VILLAGES = "desa", _("Kepala desa, perangkat desa, BPD")
    EMPLOYERS = "usaha", _("Pemberi kerja, BUMD, BUMDes")
    WORKERS = "pekerja", _("Pekerja")
    AGENTS = "agen", _("Agen Perisai dan pendamping")
    PUBLIC = "umum", _("Masyarakat umum")


class Topic(models.TextChoices):
    PROGRAMMES = "program", _("Program dan manfaat")
    REGISTERING = "daftar", _("Cara mendaftar dan membayar iuran")
    CLAIMS = "klaim", _("Cara mengajukan klaim")
    RULES = "aturan", _("Regulasi dan kewajiban")
    SEVERAL = "gabungan", _("Beberapa materi")


class EventStage(models.TextChoices):
    """Follows from the days of an event; nobody chooses it."""

    PLANNED = "rencana", _("Direncanakan")
    OVERDUE = "lewat", _("Lewat rencana, belum dilaporkan")
    HELD = "terlaksana", _("Terlaksana")
    CANCELLED = "batal", _("Dibatalkan")
