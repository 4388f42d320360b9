"""The Merkle tree of RFC 6962: how leaves become one hash, and how two heads or one leaf are proved.

A tree is told as ranges of leaves. Every whole range of 2^level leaves at a multiple of 2^level is a node;
what a proof needs is hashed from nodes, so that nobody has to read a million leaves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def _folded(hashes: Sequence[bytes]) -> bytes:
    """Smaller trees stand to the right; each is joined to what lies left of it."""
    if not hashes:
        return EMPTY_ROOT
    *before, root = hashes
    for left in reversed(before):
        root = node_hash(left, root)
    return root


def inclusion_spans(position: int, size: int) -> list[Span]:
    """The ranges beside the way from a leaf up to the root. Raises ValueError outside the tree."""
    if not 0 <= position < size:
        raise ValueError(f"no leaf {position} in a tree of {size}")
    start, end, found = 0, size, list[Span]()
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The ranges that show a tree of `new` leaves to begin with the one of `old`. Raises ValueError."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} is no beginning of one of {new}")
    start, end, found, is_whole = 0, new, list[Span](), True
    while old != end - start:
        middle = _split(end - start)
        if old <= middle:
            found.append((start + middle, end))
            end = start + middle
        else:
            found.append((start, start + middle))
            start, old, is_whole = start + middle, old - middle, False
    return ([] if is_whole else [(start, end)]) + found[::-1]


def _split(size: int) -> int:
    """The largest power of two below it."""
    return 1 << ((size - 1).bit_length() - 1)


def proves_inclusion(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf stands at this position of the tree with this root."""
    if not 0 <= position < size:
        return False
    spans = inclusion_spans(position, size)
    if len(spans) != len(proof):
        return False
    made = leaf
    for (start, _end), beside in zip(spans, proof, strict=True):
        made = node_hash(beside, made) if start < position else node_hash(made, beside)
    return made == root


def proves_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the newer tree begins with the older one: nothing was changed, put between or taken away."""
    if not 0 < old <= new:
        return False
    spans = consistency_spans(old, new)
    if len(spans) != len(proof):
        return False
    hashes = list(proof)
    # A whole left part is the old root itself and is not told.
    if not (spans and spans[0][0] <= old - 1 < spans[0][1] and spans[0][1] == old):
        spans, hashes = [(0, old), *spans], [old_root, *hashes]
    before = after = hashes[0]
    for (start, _end), beside in zip(spans[1:], hashes[1:], strict=True):
        if start < old:
            before, after = node_hash(beside, before), node_hash(beside, after)
        else:
            after = node_hash(after, beside)
    return before == old_root and after == new_root


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


def root_of(entries: Iterable[bytes]) -> bytes:
    tree = GrowingTree()
    for entry in entries:
        tree.append(entry)
    return tree.root
