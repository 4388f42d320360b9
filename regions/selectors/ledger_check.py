"""Checking the ledger: acts against their tree, the tree against every signed head, one head from paper."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from regions.head import BadHead, Head, opened
from regions.ledger import GENESIS, chained, hash_of
from regions.merkle import GrowingTree, Span, Subtree, hash_of_span, subtrees_of
from regions.models import Act, Checkpoint, Leaf, LedgerCheck, TreeNode

_MOST_FAULTS = 20
# A note is its text, an empty line, its signature; then another empty line.
_NOTE = re.compile(r"(.*?\n\n— [^\n]*\n)\n?|(.+)", re.DOTALL)


class HeadState(StrEnum):
    FITS = "fits"
    SHORTENED = "shortened"
    REWRITTEN = "rewritten"
    FORKED = "forked"
    # Newer heads exist, but this one never stood in the ledger as it is or was.
    UNKNOWN = "unknown"
    # Signed heads or the tree cannot be read, so nothing can be said.
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class HeadCheck:
    """`after` and `before`: between which signed heads the ledger was rewritten."""

    state: HeadState
    size: int
    now: int
    after: Head | None = None
    before: Head | None = None
    reason: str = ""


@dataclass
class WholeCheck:
    acts: int = 0
    heads: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(sentence)


def newest_head() -> Checkpoint | None:
    return Checkpoint.objects.first()


def last_check() -> LedgerCheck | None:
    return LedgerCheck.objects.first()


def size_now() -> int:
    last = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def read_head() -> tuple[int, str]:
    """Size and root of all that is committed."""
    size = size_now()
    return size, root_at(size)


def root_at(size: int) -> str:
    """Raises KeyError where a node of the tree is missing."""
    return hashes_of([(0, size)])[0].hex()


def hashes_of(spans: Sequence[Span]) -> list[bytes]:
    """Of each range, by one question. Raises KeyError where a node is missing."""
    wanted = {subtree.number: subtree for span in spans for subtree in subtrees_of(span)}
    stored = TreeNode.objects.filter(number__in=wanted).values_list("number", "hash")
    nodes: dict[Subtree, bytes] = {wanted[number]: bytes(made) for number, made in stored}
    return [hash_of_span(span, nodes) for span in spans]


@dataclass
class AnchoredHeads:
    """`bad`: how many notes are not signed by the key of this installation."""

    good: list[Head] = field(default_factory=list)
    bad: int = 0


def anchored_heads() -> AnchoredHeads:
    """Every head that was signed here, from the file and the database, oldest first.

    Raises ImproperlyConfigured where there is no key to open them with.
    """
    notes = dict.fromkeys(
        [*_notes_in_file(), *Checkpoint.objects.order_by("pk").values_list("note", flat=True)]
    )
    found = AnchoredHeads()
    for note in notes:
        try:
            found.good.append(opened(note))
        except BadHead:
            found.bad += 1
    return found


def _notes_in_file() -> list[str]:
    try:
        text = settings.LEDGER_ANCHORS.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [note or rest for note, rest in _NOTE.findall(text)]


def holding_heads(heads: Sequence[Head]) -> list[Head]:
    """Those that must still fit: what a declared fork cut off need not."""
    held: list[Head] = []
    for head in heads:
        if head.forked_at is not None:
            held = [one for one in held if one.size <= head.forked_at]
        held.append(head)
    return held


def kept_until(heads: Iterable[Head]) -> int:
    """The size of the longest signed head that still fits; 0 where none does."""
    now = size_now()
    held = [head for head in holding_heads(list(heads)) if head.size <= now]
    return max((head.size for head, fits in zip(held, _which_fit(held), strict=True) if fits), default=0)


def check_head(size: int, root: str) -> HeadCheck:
    """Whether today's ledger begins with that of an old head, of whose root the first digits are enough."""
    now = size_now()
    try:
        if size <= now and root_at(size).startswith(root):
            return HeadCheck(HeadState.FITS, size, now)
        return _not_fitting(size, root, now, anchored_heads())
    except (ImproperlyConfigured, KeyError):
        return HeadCheck(HeadState.UNREADABLE, size, now)


def _not_fitting(size: int, root: str, now: int, anchored: AnchoredHeads) -> HeadCheck:
    heads = anchored.good
    known = [head for head in heads if head.size == size and head.root.startswith(root)]
    fork = next((head for head in reversed(heads) if head.forked_at is not None), None)
    if known and fork is not None and fork.forked_at is not None and fork.forked_at < size:
        return HeadCheck(HeadState.FORKED, size, now, before=fork, reason=fork.reason)
    if not known:
        # It may be one of those that cannot be read.
        return HeadCheck(HeadState.UNREADABLE if anchored.bad else HeadState.UNKNOWN, size, now)
    if size > now:
        return HeadCheck(HeadState.SHORTENED, size, now, before=known[0])
    after, before = _rewritten_between(holding_heads(heads), now)
    return HeadCheck(HeadState.REWRITTEN, size, now, after, before)


def _rewritten_between(heads: Sequence[Head], now: int) -> tuple[Head | None, Head | None]:
    """The last head that fits and the first that does not."""
    ordered = sorted((head for head in heads if head.size <= now), key=lambda head: head.size)
    fits = _which_fit(ordered)
    first = fits.index(False) if False in fits else len(fits)
    return (ordered[first - 1] if first else None), (ordered[first] if first < len(ordered) else None)


def _which_fit(heads: Sequence[Head]) -> list[bool]:
    roots = hashes_of([(0, head.size) for head in heads])
    return [root.hex() == head.root for root, head in zip(roots, heads, strict=True)]


def check_ledger() -> WholeCheck:
    """From the first act to the last: content, place, chain, tree, and every signed head."""
    check = WholeCheck()
    heads = _heads_to_fit(check)
    check.heads = len(heads)
    waiting: dict[int, list[Head]] = {}
    for head in heads:
        waiting.setdefault(head.size, []).append(head)
    tree, fits = GrowingTree(), _fitting(GrowingTree(), waiting.pop(0, []), check, None)
    chain = GENESIS
    for act, leaf in _acts_in_order(check):
        if act.hash != hash_of(act):
            check.note(_("Catatan nomor %(number)s ditulis ulang.") % {"number": act.pk})
        chain = chained(chain, act.hash)
        if leaf.chain != chain:
            check.note(_("Rantai putus pada catatan nomor %(number)s.") % {"number": act.pk})
            chain = leaf.chain
        tree.append(bytes.fromhex(act.hash))
        fits = _fitting(tree, waiting.pop(tree.size, []), check, fits)
    check.acts = tree.size
    _longer(waiting, check)
    if tree.size and not _is_root(tree):
        check.note(_("Simpul pohon catatan tidak sesuai dengan catatannya."))
    return check


def _heads_to_fit(check: WholeCheck) -> list[Head]:
    """What cannot be opened is a fault like others, and keeps nothing else from being checked."""
    try:
        anchored = anchored_heads()
    except ImproperlyConfigured as error:
        check.note(str(error))
        return []
    if anchored.bad:
        check.note(
            _("%(count)s segel yang tersimpan tidak bertanda tangan kunci instalasi ini.")
            % {"count": anchored.bad}
        )
    return holding_heads(anchored.good)


def _is_root(tree: GrowingTree) -> bool:
    try:
        return root_at(tree.size) == tree.root.hex()
    except KeyError:
        return False


def _fitting(tree: GrowingTree, heads: Iterable[Head], check: WholeCheck, last: date | None) -> date | None:
    """The day of the last head that fits; what does not is noted."""
    for head in heads:
        if head.root == tree.root.hex():
            last = head.day
        else:
            words = {"size": head.size, "day": head.day, "since": last or "—"}
            check.note(
                _(
                    "%(size)s catatan pertama bukan yang ditandatangani pada %(day)s; "
                    "terakhir sesuai: %(since)s."
                )
                % words
            )
    return last


def _longer(waiting: dict[int, list[Head]], check: WholeCheck) -> None:
    for size, heads in sorted(waiting.items()):
        check.note(
            _("Dipendekkan: pada %(day)s ada %(size)s catatan, sekarang %(now)s.")
            % {"day": heads[0].day, "size": size, "now": check.acts}
        )


def _acts_in_order(check: WholeCheck) -> Iterable[tuple[Act, Leaf]]:
    """Each act with its leaf, by place; what has no partner is noted and left out."""
    place = 0
    for leaves in _in_pieces():
        acts = Act.objects.in_bulk([leaf.act_id for leaf in leaves])
        for leaf in leaves:
            if leaf.position != place:
                check.note(_("Tempat %(place)s dalam pohon catatan kosong.") % {"place": place})
            place = leaf.position + 1
            act = acts.get(leaf.act_id)
            if act is None:
                check.note(_("Catatan nomor %(number)s hilang.") % {"number": leaf.act_id})
            else:
                yield act, leaf
    outside = Act.objects.exclude(pk__in=Leaf.objects.values("act_id"))
    for pk in outside.order_by("pk").values_list("pk", flat=True)[:_MOST_FAULTS]:
        check.note(_("Catatan nomor %(number)s tidak ada dalam pohon catatan.") % {"number": pk})


def _in_pieces(size: int = 5000) -> Iterable[list[Leaf]]:
    after = -1
    while leaves := list(Leaf.objects.filter(position__gt=after).order_by("position")[:size]):
        yield leaves
        after = leaves[-1].position
