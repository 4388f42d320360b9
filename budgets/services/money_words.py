"""What words in files of money mean: programmes, kinds and stages by their own list, others by name."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from budgets.enums import (
    BusinessSector,
    ClaimKind,
    EmployerSize,
    EmployerStanding,
    Phase,
    ProgrammeGroup,
    ProjectStanding,
)
from budgets.importers.money_cells import CellRefused
from budgets.importers.money_fields import CHOICES, MoneyField
from participants.importers.header import label_of

F = MoneyField
_PROGRAMMES = {
    "jkk": ProgrammeGroup.JKK,
    "jaminankecelakaankerja": ProgrammeGroup.JKK,
    "jaminankecelakaankerjajkk": ProgrammeGroup.JKK,
    "jkm": ProgrammeGroup.JKM,
    "jaminankematian": ProgrammeGroup.JKM,
    "jaminankematianjkm": ProgrammeGroup.JKM,
    "jht": ProgrammeGroup.JHT,
    "jaminanharitua": ProgrammeGroup.JHT,
    "jaminanharituajht": ProgrammeGroup.JHT,
    "jp": ProgrammeGroup.JP,
    "jaminanpensiun": ProgrammeGroup.JP,
    "jaminanpensiunjp": ProgrammeGroup.JP,
    "jkp": ProgrammeGroup.JKP,
    "jaminankehilanganpekerjaan": ProgrammeGroup.JKP,
    "jaminankehilanganpekerjaanjkp": ProgrammeGroup.JKP,
    "jkkjkm": ProgrammeGroup.JKK_JKM,
    "jkkdanjkm": ProgrammeGroup.JKK_JKM,
    "jkkdanjkmbersama": ProgrammeGroup.JKK_JKM,
    "semua": ProgrammeGroup.ALL,
    "semuaprogram": ProgrammeGroup.ALL,
    "semuaprogramtidakdirinci": ProgrammeGroup.ALL,
    "all": ProgrammeGroup.ALL,
}
_KINDS = {
    ClaimKind.CASH: ("cash", "tunai", "dibayartunai", "uang", "santunantunai"),
    ClaimKind.IN_KIND: ("inkind", "natura", "naturabeasiswaperawatan", "beasiswa", "perawatan"),
    ClaimKind.LIABILITY: ("liability", "kewajiban", "kewajibantahuntahunberikut", "tahunberikut"),
}
_PHASES = {
    Phase.ORIGINAL: ("murni", "apbdmurni", "dpa", "induk", "apbd"),
    Phase.SHIFT: ("pergeseran", "dpapergeseran"),
    Phase.AMENDED: ("perubahan", "apbdperubahan", "apbdp", "dppa", "pak"),
}
_STANDINGS = {
    EmployerStanding.FULL: ("terdaftar", "penuh", "lengkap", "aktif", "terdaftarlengkap", "pesertaaktif"),
    EmployerStanding.PARTIAL_WAGES: ("pdsupah", "sebagianupah", "terdaftarsebagianupah"),
    EmployerStanding.PARTIAL_WORKERS: (
        *("pdstk", "pdstenagakerja", "sebagiantk", "sebagiantenagakerja"),
        *("terdaftarsebagiantk", "terdaftarsebagiantenagakerja", "pdsnaker"),
    ),
    EmployerStanding.PARTIAL_PROGRAMMES: ("pdsprogram", "sebagianprogram", "terdaftarsebagianprogram"),
    EmployerStanding.PARTIAL: ("pds", "sebagian", "terdaftarsebagian", "perusahaandaftarsebagian"),
    EmployerStanding.UNREGISTERED: (
        *("belum", "belumdaftar", "tidakterdaftar", "pwbd", "wajibbelumdaftar"),
        *("perusahaanwajibbelumdaftar", "nonpeserta", "belumpeserta"),
    ),
}
_SIZES = {size: (size.value, f"usaha{size.value}", f"skala{size.value}") for size in EmployerSize}
_SECTORS = {
    BusinessSector.A: ("pertanian", "perikanan", "perkebunan", "kehutanan", "peternakan"),
    BusinessSector.B: ("pertambangan", "tambang"),
    BusinessSector.C: ("industri", "manufaktur", "pengolahan", "pabrik"),
    BusinessSector.D: ("listrik", "listrikgasuapairpanasdanudaradingin", "pengadaanlistrikdangas"),
    BusinessSector.E: ("pengelolaanair", "pengadaanair"),
    BusinessSector.F: ("jasakonstruksi", "bangunan"),
    BusinessSector.G: ("perdagangan", "dagang", "perdaganganbesardaneceran", "toko"),
    BusinessSector.H: ("transportasi", "angkutan", "pengangkutan", "logistik", "transportasidanpergudangan"),
    BusinessSector.I: ("akomodasi", "hotel", "restoran", "rumahmakan", "hoteldanrestoran"),
    BusinessSector.J: ("informasi", "komunikasi"),
    BusinessSector.K: ("keuangan", "perbankan", "asuransi", "jasakeuangan", "koperasi"),
    BusinessSector.L: ("realestate", "properti"),
    BusinessSector.M: ("jasaprofesional", "jasaperusahaan"),
    BusinessSector.N: ("ketenagakerjaan", "alihdaya", "outsourcing", "persewaan"),
    BusinessSector.O: ("pemerintahan", "pemerintah"),
    BusinessSector.P: ("jasapendidikan", "sekolah"),
    BusinessSector.Q: ("kesehatan", "jasakesehatan", "klinik", "rumahsakit"),
    BusinessSector.R: ("hiburan", "kesenian", "rekreasi"),
    BusinessSector.S: ("jasa", "jasalain", "jasalainlain"),
    BusinessSector.T: ("rumahtangga",),
    BusinessSector.U: ("badaninternasionaldanekstrainternasional",),
}
_PROJECTS = {
    ProjectStanding.REGISTERED: ("ya", "sudah", "sudahterdaftar", "terdaftarjakon", "aktif", "y"),
    ProjectStanding.UNREGISTERED: (
        *("tidak", "belum", "tidakterdaftar", "belumdaftar", "blm", "blmterdaftar", "nihil", "t"),
    ),
}


def _words(meanings: Mapping[Any, Sequence[str]]) -> dict[str, str]:
    return {word: choice.value for choice, words in meanings.items() for word in words}


WORDS: dict[MoneyField, dict[str, str]] = {
    F.PROGRAMME: {label: programme.value for label, programme in _PROGRAMMES.items()},
    F.KIND: {label: kind.value for kind, labels in _KINDS.items() for label in labels},
    F.PHASE: {label: phase.value for phase, labels in _PHASES.items() for label in labels},
    F.STANDING: _words(_STANDINGS),
    F.SIZE: _words(_SIZES),
    F.SECTOR: _words(_SECTORS),
    F.JAKON_STATUS: _words(_PROJECTS),
}
_WORD = re.compile(r"[a-z0-9]+")
_MOST_FITTING = 6


def word_of(field: MoneyField, label: str) -> str:
    """The code of a choice by what offices call it, by its own name or by itself; empty for other words."""
    if label in WORDS[field]:
        return WORDS[field][label]
    own = {label_of(str(word)): str(code) for code, name in CHOICES[field].choices for word in (code, name)}
    return own.get(label, "")


def meant(meanings: Mapping[str, set[str]], text: str, what: str, choices: Sequence[str]) -> str:
    """The one code that a text means; `choices` are the names that may be written. Raises CellRefused."""
    found = meanings.get(label_of(text), set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise CellRefused(
            _("“%(said)s” dapat berarti beberapa hal. Tulis kodenya: %(codes)s.")
            % {"said": text[:60], "codes": ", ".join(sorted(found))}
        )
    if fitting := _fitting(text, choices):
        raise CellRefused(
            _("%(what)s “%(said)s” belum jelas. Tulis salah satu: %(choices)s.")
            % {"what": what, "said": text[:60], "choices": "; ".join(fitting)}
        )
    raise CellRefused(
        _("%(what)s “%(said)s” tidak dikenal. Pakai nama atau kode dari daftar di templat.")
        % {"what": what, "said": text[:60]}
    )


def _fitting(text: str, choices: Sequence[str]) -> list[str]:
    """The names that have all words of a text: both kinds of APBD for `APBD`."""
    said = set(_WORD.findall(text.lower()))
    return [name for name in choices if said and said <= set(_WORD.findall(name.lower()))][:_MOST_FITTING]
