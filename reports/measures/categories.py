"""Measures of people by category: paid for, named, missing to targets."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import BoardLine, Measure, MeasurePart, MeasureSection, PackTable, TableColumn
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult, result_of, total_of


def funded(q: Quantities) -> Iterable[MeasureResult]:
    words = gettext("menurut daftar nama")
    for (category, funding), people in q.funded.items():
        by_name = (category, funding) not in q.headcounts
        yield result_of(people, basis=words if by_name else "", category=category, funding=funding)


def funded_total(q: Quantities) -> Iterable[MeasureResult]:
    if q.funded:
        yield total_of(q, "funded")


def named(q: Quantities) -> Iterable[MeasureResult]:
    for (category, funding), people in q.named.items():
        yield result_of(people, category=category, funding=funding)


def differences(q: Quantities) -> Iterable[MeasureResult]:
    for (category, funding), people in q.differences.items():
        yield result_of(people, category=category, funding=funding)


def persons(q: Quantities) -> Iterable[MeasureResult]:
    if "all" in q.persons:
        yield result_of(q.persons["all"])


def vulnerable(q: Quantities) -> Iterable[MeasureResult]:
    if "vulnerable" in q.persons:
        yield result_of(q.persons["vulnerable"])


def gap_to_category_targets(q: Quantities) -> Iterable[MeasureResult]:
    """Never negative: what is above a target of one category mends no other."""
    for (category, frame), target in q.category_targets.items():
        yield result_of(
            target.covered,
            value=max(0, target.people - target.covered.value),
            denominator=target.people,
            category=category,
            target=frame,
            basis=target.words,
        )


DECLARED = (
    Measure(
        code=MeasureCode.FUNDED_BY_CELL,
        label=_("Peserta yang iurannya ditanggung, per kategori dan sumber dana"),
        meaning=_("Jumlah orang yang iurannya ditanggung, dirinci menurut kategori dan sumber dana."),
        numerator=_(
            "jumlah orang yang dilaporkan; apabila tidak ada laporan, jumlah orang dalam daftar nama"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=funded,
        shown=TableColumn(_("Orang"), 1, total=MeasureCode.FUNDED),
        pack_table=PackTable.CATEGORIES,
        evidence=(Evidence.HEADCOUNTS, Evidence.NAMED_AND_COVERED),
        rests_on=("funded",),
    ),
    Measure(
        code=MeasureCode.FUNDED,
        label=_("Peserta yang iurannya ditanggung, semua kategori"),
        meaning=_(
            "Jumlah peserta dari seluruh kategori. Peserta yang tercatat dalam dua kategori dihitung dua "
            "kali."
        ),
        numerator=_("jumlah seluruh CAT-01"),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=funded_total,
        pack_table=PackTable.CATEGORIES,
        parts=(MeasurePart(MeasureCode.FUNDED_BY_CELL),),
        rests_on=("funded",),
    ),
    Measure(
        code=MeasureCode.NAMED_BY_CELL,
        label=_("Orang menurut daftar nama, per kategori dan sumber dana"),
        meaning=_(
            "Jumlah orang yang tercantum dengan nama; setiap orang dihitung satu kali dalam setiap kategori."
        ),
        numerator=_(
            "jumlah orang yang kepesertaannya meliputi bulan laporan, setiap orang dihitung satu kali"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=named,
        shown=TableColumn(_("Dengan nama"), 2),
        pack_table=PackTable.CATEGORIES,
        evidence=(Evidence.NAMED,),
        rests_on=("named",),
    ),
    Measure(
        code=MeasureCode.UNNAMED_BY_CELL,
        label=_("Dilaporkan tanpa nama"),
        meaning=_(
            "Jumlah orang yang dilaporkan tanpa nama; negatif bila nama lebih banyak daripada laporan."
        ),
        numerator=_(
            "jumlah yang dilaporkan dikurangi orang dalam daftar nama, di wilayah yang memiliki keduanya"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=differences,
        shown=TableColumn(_("Tanpa nama"), 3),
        pack_table=PackTable.CATEGORIES,
        evidence=(Evidence.HEADCOUNTS, Evidence.NAMED),
        rests_on=("funded", "named"),
    ),
    Measure(
        code=MeasureCode.PERSONS,
        label=_("Jumlah orang menurut daftar nama (setiap orang dihitung satu kali)"),
        meaning=_(
            "Orang yang tercatat dalam dua kategori dihitung satu kali; angka provinsi dan nasional adalah "
            "jumlah angka kabupaten/kota."
        ),
        numerator=_(
            "jumlah orang yang kepesertaannya meliputi bulan laporan, setiap orang dihitung satu kali"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=persons,
        shown=BoardLine(),
        evidence=(Evidence.NAMED,),
        rests_on=("named",),
    ),
    Measure(
        code=MeasureCode.VULNERABLE,
        label=_("Pekerja rentan terlindungi menurut daftar nama"),
        meaning=_(
            "Jumlah orang dalam kategori pekerja rentan menurut daftar nama; setiap orang dihitung satu kali."
        ),
        numerator=_(
            "jumlah orang dalam kategori pekerja rentan yang kepesertaannya meliputi bulan laporan, setiap "
            "orang dihitung satu kali"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=vulnerable,
        shown=BoardLine(),
        evidence=(Evidence.NAMED_VULNERABLE,),
        rests_on=("named",),
    ),
    Measure(
        code=MeasureCode.GAP_TO_CATEGORY_TARGET,
        label=_("Kekurangan terhadap target kategori"),
        meaning=_("Jumlah orang dari kategori itu yang masih harus terlindungi; 0 berarti target tercapai."),
        numerator=_(
            "target kategori yang ditetapkan untuk wilayah itu sendiri dikurangi peserta yang iurannya "
            "ditanggung, semua sumber dana (CAT-01), paling sedikit 0"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.DOWN,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=gap_to_category_targets,
        pack_table=PackTable.CATEGORY_GAPS,
        parts=(MeasurePart(MeasureCode.FUNDED_BY_CELL),),
        evidence=(
            Evidence.CATEGORY_TARGET,
            Evidence.HEADCOUNTS,
            Evidence.NAMED_AND_COVERED,
        ),
        rests_on=("funded",),
    ),
)
