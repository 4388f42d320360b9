"""Characters that no font of the documents shows: replaced in every face alike, and listed."""

import dataclasses
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from regions.plain_characters import plain_text
from reports.pack.content import PackContent

# What Word and its fonts use for a bullet or a tick.
_MEANT = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "✓", "\u25aa": "•"}
_REPLACEMENT = "?"
_MOST_LISTED = 12


def with_shown_characters(content: PackContent, shows: Callable[[str], bool]) -> PackContent:
    """The content as the documents can show it; what was replaced is a remark of its own."""
    replaced: Counter[str] = Counter()
    known: dict[str, bool] = {}

    def written(text: str) -> str:
        plain = plain_text(text)
        if plain.isascii():
            return plain
        for sign in set(plain):
            if sign not in known:
                known[sign] = sign.isascii() or shows(sign)
        if all(known[sign] for sign in plain):
            return plain
        replaced.update(sign for sign in plain if not known[sign])
        return "".join(sign if known[sign] else _instead(sign, shows) for sign in plain)

    fields = {
        one.name: _mapped(getattr(content, one.name), written)
        for one in dataclasses.fields(content)
        if one.name != "_hash"
    }
    if replaced:
        fields["remarks"] = (*fields["remarks"], _remark(replaced))
    return PackContent(**fields)


def _instead(sign: str, shows: Callable[[str], bool]) -> str:
    meant = _MEANT.get(sign, _REPLACEMENT)
    return meant if shows(meant) else _REPLACEMENT


def _mapped(value: Any, written: Callable[[str], str]) -> Any:
    """The same value, every text in it rewritten; what holds no text stays the very object."""
    if type(value) is str:
        return written(value)
    if isinstance(value, tuple):
        return tuple(_mapped(one, written) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {one.name: _mapped(getattr(value, one.name), written) for one in dataclasses.fields(value)}
        same = all(changes[name] == getattr(value, name) for name in changes)
        return value if same else dataclasses.replace(value, **changes)
    return value


def _remark(replaced: Counter[str]) -> str:
    signs = ", ".join(f"U+{ord(sign):04X} ({count})" for sign, count in replaced.most_common(_MOST_LISTED))
    return _("Tanda yang tidak dapat ditampilkan dalam dokumen ini diganti: %(signs)s.") % {"signs": signs}
