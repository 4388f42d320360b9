"""The parts of a page, as blocks that a typesetter lays out: headings, text, lists, tables, pictures.

Paper says what the screen says because it is read from the screen's own markup; what can only be clicked is
left out, amounts stand whole.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from reports.paper.screen_picture import screen_picture
from reports.paper.small_drawing import upright_svg

Block = dict[str, Any]
Run = dict[str, str]
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
# What is hidden on paper: links to files, the tabs, shortened amounts, what speaks to screen readers alone.
_LEFT_OUT = {"tabs", "visually-hidden", "short", "axis-ends", "narrow", "on-screen"}
_HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_WORDS = {"p", "a", "span", "strong", "em", "abbr", "li", "dt", "dd"}
_DRAWN_CELLS = {"bar-cell", "spark-cell"}


def blocks_of(markup: str, home: str) -> list[Block]:
    """In the order of the page; links lead to `home`, the address of the application."""
    drawings: list[str] = []

    def note(found: re.Match[str]) -> str:
        drawings.append(found[0])
        return f'<object data="{len(drawings) - 1}"></object>'

    # Names in SVG have capitals, which a reader of HTML would lose.
    tree = html.fragment_fromstring(_SVG.sub(note, markup), create_parent="div")
    return list(_Page(drawings, home).blocks(tree))


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _is_left_out(element: Any) -> bool:
    return not isinstance(element.tag, str) or element.tag == "nav" or bool(_classes(element) & _LEFT_OUT)


class _Page:
    def __init__(self, drawings: list[str], home: str) -> None:
        self.drawings = drawings
        self.home = home

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if not _is_left_out(element):
                yield from self._block(element)

    def _block(self, element: Any) -> Iterator[Block]:
        classes = _classes(element)
        if element.tag in _HEADINGS:
            yield {"kind": "heading", "level": _HEADINGS[element.tag], "runs": self.runs(element)}
        elif element.tag == "table":
            yield self._table(element)
        elif element.tag == "dl":
            yield self._facts(element)
        elif element.tag == "figure":
            shown = element.find("img")
            yield (
                self._picture(element)
                if shown is None
                else screen_picture(shown.get("data-picture"), shown.get("alt"))
            )
        elif "small-lines" in classes:
            yield {"kind": "small", "items": [self._small(one) for one in element]}
        elif element.tag in ("ul", "ol"):
            items = [self.runs(one) for one in element]
            yield {"kind": "list", "items": items, "ordered": element.tag == "ol"}
        elif "figures" in classes:
            yield {"kind": "figures", "items": [self._figure(one) for one in element]}
        elif element.tag == "summary":
            # What opens a table says nothing on paper but where it is the table's heading.
            yield from (one for one in self.blocks(element) if one["kind"] == "heading")
        elif element.tag in _WORDS or not len(element):
            if runs := self.runs(element):
                yield {"kind": "text", "runs": runs, "soft": "muted" in classes}
        elif "section-head" in classes:
            yield from (one for one in self.blocks(element) if one["kind"] == "heading")
        else:
            yield from self.blocks(element)

    def runs(self, element: Any) -> list[Run]:
        """Text with its links, spaces as a browser shows them."""
        runs: list[Run] = []
        for text, href in self._texts(element, ""):
            if runs and runs[-1]["href"] == href:
                runs[-1]["text"] += text
            else:
                runs.append({"text": text, "href": href})
        for at, run in enumerate(runs):
            run["text"] = " ".join(f"|{run['text']}|".split())[1:-1] if run["text"].strip() else " "
            if at and runs[at - 1]["text"].endswith(" "):
                run["text"] = run["text"].lstrip()
        if runs:
            runs[0]["text"] = runs[0]["text"].lstrip()
            runs[-1]["text"] = runs[-1]["text"].rstrip()
        return [run for run in runs if run["text"]]

    def _texts(self, element: Any, href: str) -> Iterator[tuple[str, str]]:
        if element.text:
            yield element.text, href
        for child in element:
            if not _is_left_out(child):
                path = child.get("href", "") if child.tag == "a" else href
                yield from self._texts(child, f"{self.home}{path}" if path.startswith("/") else path)
            if child.tail:
                yield child.tail, href

    def _facts(self, element: Any) -> Block:
        terms = [self.runs(one) for one in element.iter("dt")]
        return {"kind": "facts", "rows": list(zip(terms, map(self.runs, element.iter("dd")), strict=True))}

    def _figure(self, element: Any) -> Block:
        by_class = {next(iter(_classes(one) & {"figure-label", "figure-value"}), ""): one for one in element}
        notes = [self.runs(one) for one in element if not _classes(one) & {"figure-label", "figure-value"}]
        label, value = (self.runs(by_class[name]) for name in ("figure-label", "figure-value"))
        return {"label": label, "value": value, "notes": [note for note in notes if note]}

    def _picture(self, element: Any) -> Block:
        canvas = next(one for one in element if "chart-canvas" in _classes(one))
        svg = self._drawing(canvas)
        caption = next(iter(element.iter("figcaption")), None)
        links = [] if caption is None else list(caption.iter("a"))
        for link in links:
            link.set("class", "on-screen")
        named = re.search(r'aria-label="([^"]*)"', svg)
        alt = html.fromstring(f"<p>{named[1]}</p>").text_content() if named else canvas.get("aria-label", "")
        width = re.search(r'<svg[^>]*? width="([\d.]+)', svg)
        return {
            "kind": "picture",
            "svg": svg,
            "alt": alt,
            "width": float(width[1]) if width else 0.0,
            # The table with the same figures, by its name on the page.
            "table": links[0].get("href", "")[1:] if links else "",
            "caption": [] if caption is None else self.runs(caption),
        }

    def _drawing(self, element: Any) -> str:
        return self.drawings[int(next(element.iter("object")).get("data"))]

    def _small(self, element: Any) -> Block:
        shown = [one for one in element if one.tag != "object" and not _is_left_out(one)]
        drawn = upright_svg(self._drawing(element)) if next(element.iter("object"), None) is not None else ""
        return {"label": self.runs(shown[0]), "value": self.runs(shown[1]), "svg": drawn}

    def _table(self, element: Any) -> Block:
        head = [self._cell(one) for one in element.findall("thead/tr/*")]
        rows = [[self._cell(one) for one in row] for row in element.findall("tbody/tr")]
        foot = [[self._cell(one) for one in row] for row in element.findall("tfoot/tr")]
        caption = element.find("caption")
        told = [] if caption is None or _is_left_out(caption) else self.runs(caption)
        return {"kind": "table", "caption": told, "head": head, "rows": rows, "foot": foot}

    def _cell(self, element: Any) -> Block:
        classes = _classes(element)
        drawn = next(element.iter("object"), None) if classes & _DRAWN_CELLS else None
        return {
            "runs": self.runs(element),
            "svg": "" if drawn is None else upright_svg(self._drawing(element)),
            "is_drawn": bool(classes & _DRAWN_CELLS),
            "is_number": "number" in classes,
            "span": int(element.get("colspan") or 1),
        }
