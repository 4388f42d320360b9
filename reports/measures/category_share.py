"""The targets of a region for its categories beside the people of them who are paid for."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from participants.models import CategoryTarget
from participants.selectors.category_target import CategoryFrame
from regions.number import grouped
from reports.measures.frozen import Below
from reports.measures.quantities import Amount, CategoryShare, Quantities


def category_shares(
    targets: Mapping[CategoryFrame, CategoryTarget], quantities: Quantities, below: Sequence[Below]
) -> dict[CategoryFrame, CategoryShare]:
    """Of categories of which anybody is known; of the others nothing was reported, which is not zero."""
    found = {}
    for (category, frame), target in targets.items():
        covered = _covered(category, quantities, below)
        if covered is not None:
            found[category, frame] = CategoryShare(target.people, covered, _words(target, covered))
    return found


def _covered(category: str, quantities: Quantities, below: Sequence[Below]) -> Amount | None:
    """All payers together: a sum of whatever regions below told of the category, or the region's own."""
    amounts = [amount for (one, _funding), amount in quantities.funded.items() if one == category]
    if not amounts:
        return None
    people = sum(amount.value for amount in amounts)
    if all(amount.reported is None for amount in amounts):
        return Amount(people)
    return Amount(people, sum(1 for q in below if _tells(q, category)), len(below))


def _tells(region: Below, category: str) -> bool:
    return any(written.startswith(f"{category}|") for written in region.cells("funded"))


def _words(target: CategoryTarget, covered: Amount) -> str:
    told = _("%(frame)s %(year)s: %(people)s orang (%(region)s), iuran ditanggung untuk %(covered)s")
    return told % {
        "frame": target.get_frame_display(),
        "year": target.year,
        "people": grouped(target.people),
        "region": target.region.full_label,
        "covered": grouped(covered.value),
    }
