"""Measures of how many construction projects are registered (Jakon), by number and by value."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgets.enums import ProjectSum
from regions.number import grouped
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import BoardLine, Measure, MeasureSection, PackTable
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult, result_of


def _share(q: Quantities, part: ProjectSum, whole: ProjectSum, basis: str = "") -> Iterable[MeasureResult]:
    """Only where both are known."""
    some, all_of = q.projects.get(part), q.projects.get(whole)
    if some is not None and all_of is not None:
        yield result_of(some, denominator=all_of.value, basis=basis)


def registered(q: Quantities) -> Iterable[MeasureResult]:
    yield from _share(q, ProjectSum.REGISTERED, ProjectSum.KNOWN, _which_counts(q))


def value_registered(q: Quantities) -> Iterable[MeasureResult]:
    yield from _share(q, ProjectSum.INSURED_VALUE, ProjectSum.VALUE, _of_how_many(q))


def beside(q: Quantities) -> Iterable[MeasureResult]:
    yield from _share(q, ProjectSum.BESIDE_REGISTERED, ProjectSum.BESIDE)


def _which_counts(q: Quantities) -> str:
    """Where a reported count and a list both exist, which of them the figure is."""
    if ProjectSum.BESIDE not in q.projects:
        return ""
    words = {"projects": grouped(q.projects[ProjectSum.BESIDE].value)}
    return (
        gettext(
            "yang dihitung jumlah yang dilaporkan; %(projects)s paket yang tercatat satu per satu di wilayah "
            "yang sama tidak ikut dihitung"
        )
        % words
    )


def _of_how_many(q: Quantities) -> str:
    """How many projects the figure is of, where it is not of all; nothing where it is."""
    some, all_of = q.projects.get(ProjectSum.VALUED), q.projects.get(ProjectSum.KNOWN)
    if some is None or all_of is None or some.value == all_of.value:
        return ""
    words = {"some": grouped(some.value), "all": grouped(all_of.value)}
    return gettext("%(some)s dari %(all)s paket; nilai paket lainnya belum diketahui") % words


_KNOWN = _(
    "paket tahun anggaran ini yang pekerjaannya dimulai paling lambat pada akhir bulan laporan; bila hanya "
    "jumlah paket yang dilaporkan, yang dihitung adalah jumlah itu, sampai ada laporan jumlah berikutnya, "
    "paling lama sampai Desember"
)

DECLARED = (
    Measure(
        code=MeasureCode.PROJECTS_REGISTERED,
        label=_("Proyek jasa konstruksi terdaftar"),
        meaning=_(
            "Persentase paket jasa konstruksi tahun anggaran berjalan yang sudah terdaftar di BPJS "
            "Ketenagakerjaan, menurut jumlah paket."
        ),
        numerator=_("paket yang sudah terdaftar sampai akhir bulan"),
        denominator=_KNOWN,
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.STARTED,
        section=MeasureSection.PROJECTS,
        compute=registered,
        shown=BoardLine(_("dari %(n)s paket yang diketahui")),
        pack_table=PackTable.PROJECTS,
        evidence=(Evidence.PROJECTS,),
        rests_on=("projects",),
    ),
    Measure(
        code=MeasureCode.PROJECT_VALUE_REGISTERED,
        label=_("Nilai proyek jasa konstruksi terdaftar"),
        meaning=_(
            "Persentase nilai paket yang sudah terdaftar terhadap nilai seluruh paket yang nilainya "
            "diketahui, "
            "menurut nilai kontrak sebelum PPN. Paket yang nilainya tidak "
            "diketahui tidak dihitung, baik dalam pembilang maupun penyebut."
        ),
        numerator=_("nilai kontrak sebelum PPN paket yang sudah terdaftar, dalam rupiah"),
        denominator=_("nilai kontrak sebelum PPN paket yang nilainya diketahui, dalam rupiah"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.STARTED,
        section=MeasureSection.PROJECTS,
        compute=value_registered,
        shown=BoardLine(_("dari Rp%(n)s nilai kontrak sebelum PPN")),
        pack_table=PackTable.PROJECTS,
        evidence=(Evidence.PROJECT_VALUES,),
        rests_on=("projects",),
    ),
    Measure(
        code=MeasureCode.PROJECTS_BESIDE,
        label=_("Terdaftar menurut paket yang tercatat satu per satu"),
        meaning=_(
            "Pembanding bagi wilayah yang melaporkan jumlah tanpa rincian dan juga mencatat paketnya satu "
            "per satu. Angka ini hanya pembanding; yang dipakai adalah jumlah yang dilaporkan."
        ),
        numerator=_(
            "paket terdaftar yang tercatat satu per satu di wilayah yang juga melaporkan jumlah tanpa rincian"
        ),
        denominator=_(
            "paket yang tercatat satu per satu di wilayah yang juga melaporkan jumlah tanpa rincian"
        ),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.STARTED,
        section=MeasureSection.PROJECTS,
        compute=beside,
        shown=BoardLine(_("dari %(n)s paket yang tercatat; hanya pembanding, tidak dihitung")),
        pack_table=PackTable.PROJECTS,
        evidence=(Evidence.PROJECTS_BESIDE,),
        rests_on=("projects",),
    ),
)
