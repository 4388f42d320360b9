"""What rules are called, how they stand to each other, and the way of a draft."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegulationKind(models.TextChoices):
    UU = "uu", _("Undang-Undang (UU)")
    PP = "pp", _("Peraturan Pemerintah (PP)")
    PERPRES = "perpres", _("Peraturan Presiden (Perpres)")
    INPRES = "inpres", _("Instruksi Presiden (Inpres)")
    PERMENDAGRI = "permendagri", _("Peraturan Menteri Dalam Negeri (Permendagri)")
    PERMENAKER = "permenaker", _("Peraturan Menteri Ketenagakerjaan (Permenaker)")
    PMK = "pmk", _("Peraturan Menteri Keuangan (PMK)")
    SE = "se", _("Surat Edaran (SE)")
    LETTER = "surat", _("Surat")
    PERDA = "perda", _("Peraturan Daerah (Perda)")
    PERGUB = "pergub", _("Peraturan Gubernur (Pergub)")
    PERBUP = "perbup", _("Peraturan Bupati (Perbup)")
    PERWAL = "perwal", _("Peraturan Wali Kota (Perwal)")
    INGUB = "ingub", _("Instruksi Gubernur (Ingub)")
    INBUP = "inbup", _("Instruksi Bupati (Inbup)")
    INWAL = "inwal", _("Instruksi Wali Kota (Inwal)")
    SK = "sk", _("Keputusan kepala daerah (SK)")
    MOU = "mou", _("Nota kesepakatan atau perjanjian kerja sama (MoU/PKS)")

    @property
    def is_instruction(self) -> bool:
        """Whether it tells offices what to do, rather than being a law on which somebody is paid for."""
        return self in _INSTRUCTIONS

    @property
    def is_regional(self) -> bool:
        return self in _REGIONAL

    @property
    def is_national(self) -> bool:
        return self not in _REGIONAL | _OF_ANY_PLACE

    @property
    def short(self) -> str:
        """`Inpres`, as it is cited."""
        return str(_SHORT.get(self, "")) or self.label.rpartition("(")[2].rstrip(")")


_INSTRUCTIONS = frozenset(
    {
        *(RegulationKind.INPRES, RegulationKind.INGUB, RegulationKind.INBUP, RegulationKind.INWAL),
        *(RegulationKind.SE, RegulationKind.LETTER),
    }
)
_REGIONAL = frozenset(
    {
        *(RegulationKind.PERDA, RegulationKind.PERGUB, RegulationKind.PERBUP, RegulationKind.PERWAL),
        *(RegulationKind.INGUB, RegulationKind.INBUP, RegulationKind.INWAL, RegulationKind.SK),
    }
)
_OF_ANY_PLACE = frozenset({RegulationKind.SE, RegulationKind.LETTER, RegulationKind.MOU})
_SHORT = {RegulationKind.LETTER: _("Surat"), RegulationKind.MOU: "MoU"}


class RegulationStanding(models.TextChoices):
    """What a rule is on a day; computed from its dates and from what repeals it, never stored."""

    DRAFT = "rancangan", _("rancangan")
    SET = "ditetapkan", _("ditetapkan, belum berlaku")
    IN_FORCE = "berlaku", _("berlaku")
    REPEALED = "dicabut", _("dicabut")
    ENDED = "berakhir", _("berakhir")


class RegulationRelation(models.TextChoices):
    """To be read between two rules: this one … that one."""

    DERIVED = "derived", _("melaksanakan")
    AMENDS = "amends", _("mengubah")
    REPEALS = "repeals", _("mencabut")


class DraftingStage(models.TextChoices):
    """The way of a rule, in its order; the last two are told by the rule's own dates."""

    MEETING = "meeting", _("rapat awal")
    DRAFT = "draft", _("draf")
    HARMONISATION = "harmonisation", _("harmonisasi")
    INITIALLED = "initialled", _("paraf")
    ENACTED = "enacted", _("ditetapkan")
    PROMULGATED = "promulgated", _("diundangkan")
