"""Measures of people by name in each programme: who is in two of them is counted in both."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from participants.enums import Programme
from reports.enums import Direction, Unit, Window
from reports.measures.codes import MeasureCode
from reports.measures.evidence import Evidence
from reports.measures.measure import Measure, MeasureSection, PackTable, TableColumn
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult, result_of

PROGRAMMES: dict[str, Programme] = {
    MeasureCode.NAMED_IN_JKK: Programme.JKK,
    MeasureCode.NAMED_IN_JKM: Programme.JKM,
    MeasureCode.NAMED_IN_JHT: Programme.JHT,
    MeasureCode.NAMED_IN_JP: Programme.JP,
    MeasureCode.NAMED_IN_JKP: Programme.JKP,
}
_LABELS = {
    Programme.JKK: _("Orang menurut daftar nama dalam program JKK, per kategori dan sumber dana"),
    Programme.JKM: _("Orang menurut daftar nama dalam program JKM, per kategori dan sumber dana"),
    Programme.JHT: _("Orang menurut daftar nama dalam program JHT, per kategori dan sumber dana"),
    Programme.JP: _("Orang menurut daftar nama dalam program JP, per kategori dan sumber dana"),
    Programme.JKP: _("Orang menurut daftar nama dalam program JKP, per kategori dan sumber dana"),
}
# After those of `categories`.
_FIRST_PLACE = 4


def counting(programme: Programme) -> Callable[[Quantities], Iterable[MeasureResult]]:
    def named_in(q: Quantities) -> Iterable[MeasureResult]:
        for (category, funding, other), people in q.programmes.items():
            if other == programme:
                yield result_of(people, category=category, funding=funding)

    return named_in


DECLARED = tuple(
    Measure(
        code=MeasureCode(code),
        label=_LABELS[programme],
        meaning=_(
            "Jumlah orang yang tercantum dengan nama dan mengikuti program itu; orang yang mengikuti dua "
            "program dihitung dalam keduanya."
        ),
        numerator=_(
            "jumlah orang yang kepesertaannya meliputi bulan laporan dan menyebut program itu, setiap orang "
            "dihitung satu kali"
        ),
        denominator=_("tidak ada"),
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=counting(programme),
        shown=TableColumn(programme.value.upper(), _FIRST_PLACE + number),
        pack_table=PackTable.CATEGORIES,
        evidence=(Evidence.NAMED_IN_PROGRAMME,),
        rests_on=("named",),
    )
    for number, (code, programme) in enumerate(PROGRAMMES.items())
)
