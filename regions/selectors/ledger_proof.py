"""That acts stand in the ledger: their places, and the hashes that lead from each to a signed root."""

from collections.abc import Collection
from dataclasses import dataclass

from regions.merkle import proof_spans
from regions.models import Leaf
from regions.selectors.ledger_check import hashes_of


@dataclass(frozen=True)
class ActProof:
    position: int
    # From the leaf upwards, as hexadecimal text.
    hashes: tuple[str, ...]


def proofs_of(acts: Collection[int], size: int) -> dict[int, ActProof]:
    """Number of an act → its proof in the tree of `size`; acts that came later are left out.

    Raises KeyError where a node of the tree is missing.
    """
    leaves = Leaf.objects.filter(act_id__in=acts, position__lt=size)
    places = {leaf.act_id: leaf.position for leaf in leaves}
    spans = {act: proof_spans(place, (0, size)) for act, place in places.items()}
    wanted = sorted({span for found in spans.values() for span in found})
    hashes = dict(zip(wanted, hashes_of(wanted), strict=True))
    return {
        act: ActProof(places[act], tuple(hashes[span].hex() for span in found))
        for act, found in spans.items()
    }
