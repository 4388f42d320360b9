"""Measures of how far employers are registered, and of what they owe."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgets.enums import EmployerSum
from regions.number import grouped
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import BoardLine, Measure, MeasureSection, PackTable
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult, result_of


def _share(q: Quantities, part: EmployerSum, whole: EmployerSum, basis: str = "") -> Iterable[MeasureResult]:
    """Only where both are known."""
    some, all_of = q.employers.get(part), q.employers.get(whole)
    if some is not None and all_of is not None:
        yield result_of(some, denominator=all_of.value, basis=basis)


def registered(q: Quantities) -> Iterable[MeasureResult]:
    yield from _share(q, EmployerSum.REGISTERED, EmployerSum.KNOWN)


def partly(q: Quantities) -> Iterable[MeasureResult]:
    yield from _share(q, EmployerSum.PARTLY, EmployerSum.REGISTERED)


def workers(q: Quantities) -> Iterable[MeasureResult]:
    yield from _share(
        q, EmployerSum.INSURED, EmployerSum.WORKERS, _of(q, EmployerSum.TOLD, EmployerSum.KNOWN)
    )


def arrears(q: Quantities) -> Iterable[MeasureResult]:
    if EmployerSum.ARREARS in q.employers:
        basis = _of(q, EmployerSum.ANSWERED, EmployerSum.REGISTERED)
        yield result_of(q.employers[EmployerSum.ARREARS], basis=basis)


def in_arrears(q: Quantities) -> Iterable[MeasureResult]:
    basis = _of(q, EmployerSum.ANSWERED, EmployerSum.REGISTERED)
    yield from _share(q, EmployerSum.IN_ARREARS, EmployerSum.ANSWERED, basis)


def _of(q: Quantities, told: EmployerSum, whole: EmployerSum) -> str:
    """How many employers the figure is of, where it is not of all; nothing where it is."""
    some, all_of = q.employers.get(told), q.employers.get(whole)
    if some is None or all_of is None or some.value == all_of.value:
        return ""
    words = {"some": grouped(some.value), "all": grouped(all_of.value)}
    return gettext("%(some)s dari %(all)s pemberi kerja; sisanya belum diketahui") % words


_KNOWN = _(
    "pemberi kerja yang diketahui, dengan laporan yang berlaku sejak bulan laporan sampai ada laporan "
    "berikutnya, paling lama 12 bulan"
)
_REGISTERED = _("pemberi kerja terdaftar, penuh maupun sebagian")

DECLARED = (
    Measure(
        code=MeasureCode.EMPLOYERS_REGISTERED,
        label=_("Pemberi kerja terdaftar"),
        meaning=_(
            "Persentase pemberi kerja yang sudah terdaftar, penuh maupun sebagian, di antara seluruh pemberi "
            "kerja yang diketahui."
        ),
        numerator=_REGISTERED,
        denominator=_KNOWN,
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.EMPLOYERS,
        compute=registered,
        shown=BoardLine(_("dari %(n)s pemberi kerja yang diketahui")),
        pack_table=PackTable.EMPLOYERS,
        evidence=(Evidence.EMPLOYERS,),
        rests_on=("employers",),
    ),
    Measure(
        code=MeasureCode.EMPLOYERS_PARTLY,
        label=_("Perusahaan daftar sebagian (PDS)"),
        meaning=_(
            "Persentase pemberi kerja terdaftar yang baru mendaftarkan sebagian upah, tenaga kerja, "
            "atau program."
        ),
        numerator=_("pemberi kerja yang terdaftar sebagian"),
        denominator=_REGISTERED,
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.EMPLOYERS,
        compute=partly,
        shown=BoardLine(_("dari %(n)s pemberi kerja terdaftar")),
        pack_table=PackTable.EMPLOYERS,
        evidence=(Evidence.EMPLOYERS_PARTLY,),
        rests_on=("employers",),
    ),
    Measure(
        code=MeasureCode.WORKERS_INSURED,
        label=_("Tenaga kerja terdaftar pada pemberi kerja"),
        meaning=_(
            "Persentase tenaga kerja yang terdaftar, hanya pada pemberi kerja yang jumlah seluruh tenaga "
            "kerja "
            "dan jumlah tenaga kerja terdaftarnya diketahui. Pada pemberi kerja yang belum terdaftar, jumlah "
            "tenaga kerja "
            "terdaftar dihitung nol."
        ),
        numerator=_("tenaga kerja terdaftar"),
        denominator=_("tenaga kerja yang diketahui pada pemberi kerja yang sama"),
        unit=Unit.PERCENT,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.EMPLOYERS,
        compute=workers,
        shown=BoardLine(_("dari %(n)s tenaga kerja yang diketahui")),
        pack_table=PackTable.EMPLOYERS,
        evidence=(Evidence.EMPLOYED_WORKERS,),
        rests_on=("employers",),
    ),
    Measure(
        code=MeasureCode.EMPLOYER_ARREARS,
        label=_("Tunggakan iuran pemberi kerja"),
        meaning=_(
            "Nilai tunggakan iuran pemberi kerja terdaftar; tunggakan yang tidak diketahui tidak dianggap "
            "nol."
        ),
        numerator=_("tunggakan pemberi kerja terdaftar menurut laporan yang berlaku"),
        denominator=_("tidak ada"),
        unit=Unit.RUPIAH,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.EMPLOYERS,
        compute=arrears,
        shown=BoardLine(),
        pack_table=PackTable.EMPLOYERS,
        evidence=(Evidence.EMPLOYER_ARREARS,),
        rests_on=("employers",),
    ),
    Measure(
        code=MeasureCode.EMPLOYERS_IN_ARREARS,
        label=_("Pemberi kerja yang menunggak"),
        meaning=_("Persentase pemberi kerja terdaftar yang menunggak iuran."),
        numerator=_("pemberi kerja terdaftar yang menunggak"),
        denominator=_("pemberi kerja terdaftar yang status tunggakannya diketahui"),
        unit=Unit.PERCENT,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.EMPLOYERS,
        compute=in_arrears,
        shown=BoardLine(_("dari %(n)s pemberi kerja terdaftar yang status tunggakannya diketahui")),
        pack_table=PackTable.EMPLOYERS,
        evidence=(Evidence.EMPLOYERS_IN_ARREARS,),
        rests_on=("employers",),
    ),
)
