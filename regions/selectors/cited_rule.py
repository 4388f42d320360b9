"""Which registered rule a text names, where it clearly names one."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from regions.citing import Cited, cited_in
from regions.models import Regulation
from regions.models.region import NATION, ancestor_codes


class CitedRules:
    """The rules that some texts name, read in one question; `of` answers for one text of a region."""

    def __init__(self, texts: Iterable[str]) -> None:
        cited = {one for text in texts for one in cited_in(text)}
        self._rules: dict[Cited, list[Regulation]] = {}
        if not cited:
            return
        wanted = Q()
        for one in cited:
            wanted |= Q(kind=one.kind, number=one.number, year=one.year)
        for row in Regulation.objects.filter(wanted).select_related("region").order_by("pk"):
            key = next(
                one for one in cited if (one.kind, one.number, one.year) == (row.kind, row.number, row.year)
            )
            self._rules.setdefault(key, []).append(row)

    def of(self, text: str, region_code: str = NATION) -> Regulation | None:
        """The first that is a law; where instructions alone are named, the first of these."""
        places = {*ancestor_codes(region_code), region_code}
        found = [rule for one in cited_in(text) for rule in self._of(one, places)]
        laws = [rule for rule in found if not rule.is_instruction]
        return next(iter([*laws, *found]), None)

    def _of(self, cited: Cited, places: Collection[str]) -> list[Regulation]:
        return [rule for rule in self._rules.get(cited, []) if rule.region_id in places]
