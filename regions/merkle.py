"""The Merkle tree of RFC 6962: how leaves become one hash.

A tree is told as ranges of leaves. Every whole range of 2^level leaves at a multiple of 2^level is a node;
the root at any size is hashed from nodes, so that nobody has to read a million leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()

_LEAF, _NODE = b"\x00", b"\x01"


@dataclass(frozen=True, order=True)
class Subtree:
    """2^level leaves, beginning at place × 2^level."""

    level: int
    place: int

    @property
    def number(self) -> int:
        """One number for each node, in the order in which a walk through the tree meets them."""
        return ((2 * self.place + 1) << self.level) - 1


Span = tuple[int, int]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(_NODE + left + right).digest()


def subtrees_of(span: Span) -> list[Subtree]:
    """The nodes of which the hash of this range is made, from left to right."""
    start, end = span
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(Subtree(level, start >> level))
        start += 1 << level
    return found


def hash_of_span(span: Span, nodes: Mapping[Subtree, bytes]) -> bytes:
    """Raises KeyError where a node is missing."""
    hashes = [nodes[subtree] for subtree in subtrees_of(span)]
    return _folded(hashes)


def proof_spans(place: int, span: Span) -> list[Span]:
    """The ranges whose hashes lead from a leaf to the root, from the leaf upwards."""
    start, end = span
    if end - start <= 1:
        return []
    middle = start + (1 << ((end - start - 1).bit_length() - 1))
    if place < middle:
        return [*proof_spans(place, (start, middle)), (middle, end)]
    return [*proof_spans(place, (middle, end)), (start, middle)]


def _folded(hashes: Sequence[bytes]) -> bytes:
    """Smaller trees stand to the right; each is joined to what lies left of it."""
    if not hashes:
        return EMPTY_ROOT
    *before, root = hashes
    for left in reversed(before):
        root = node_hash(left, root)
    return root


@dataclass
class GrowingTree:
    """Takes leaves one by one and keeps only the roots of its whole parts."""

    size: int = 0
    parts: list[tuple[int, bytes]] = field(default_factory=list)

    def append(self, entry: bytes) -> Iterator[tuple[Subtree, bytes]]:
        """The nodes that this leaf completes, from the leaf upwards."""
        level, made, place = 0, leaf_hash(entry), self.size
        found = [(Subtree(0, place), made)]
        while self.parts and self.parts[-1][0] == level:
            made = node_hash(self.parts.pop()[1], made)
            level, place = level + 1, place >> 1
            found.append((Subtree(level, place), made))
        self.parts.append((level, made))
        self.size += 1
        return iter(found)

    @property
    def root(self) -> bytes:
        return _folded([made for _level, made in self.parts])
