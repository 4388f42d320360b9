"""A crest as a small PNG, drawn by a program of its own with little to spend.

Reads a line of JSON, then the picture as somebody sent it. What it is, its content says, not its name. Writes
the PNG; or, with exit code REFUSED, why it cannot be one: `kind`, `outside`, `large`, `broken`.
"""

import io
import resource
import sys

import vl_convert
from lxml import etree
from PIL import Image, UnidentifiedImageError

REFUSED = 3
_SIDE, _MOST_PIXELS = 480, 40_000_000
_MOST_CPU_SECONDS, _MOST_MEMORY = 10, 2_000 * 2**20
_SVG = "{http://www.w3.org/2000/svg}"
_KINDS = ("PNG", "JPEG")
# What runs, loads or nests without end; a crest needs none of it.
_REFUSED_TAGS = {"script", "foreignObject", "image", "use", "animate", "set", "style", "filter", "iframe"}
_OUTSIDE = ("url(", "@import", "javascript:")


class Refused(Exception):
    """Its text is the reason."""


def main() -> int:
    sys.stdin.buffer.readline()
    sent = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))
    try:
        made = _of_svg(sent) if _is_svg(sent) else _of_pixels(sent)
    except Refused as refused:
        sys.stdout.buffer.write(str(refused).encode())
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


def _is_svg(sent: bytes) -> bool:
    head = sent[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg"))


def _of_pixels(sent: bytes) -> bytes:
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(sent), formats=_KINDS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise Refused("large")
            small = picture.convert("RGBA")
    except UnidentifiedImageError as error:
        raise Refused("kind") from error
    except Image.DecompressionBombError as error:
        raise Refused("large") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("broken") from error
    small.thumbnail((_SIDE, _SIDE))
    return _png(small)


def _of_svg(sent: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(sent, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("broken") from error
    if root.tag != f"{_SVG}svg" or root.getroottree().docinfo.internalDTD is not None:
        raise Refused("kind")
    for element in root.iter(etree.Element):
        _check(element)
    wide, high = _size_of(root)
    by = _SIDE / max(wide, high)
    root.set("viewBox", root.get("viewBox") or f"0 0 {wide:g} {high:g}")
    root.set("width", f"{wide * by:.0f}")
    root.set("height", f"{high * by:.0f}")
    try:
        drawn = vl_convert.svg_to_png(etree.tostring(root, encoding="unicode"), scale=1)
    except ValueError as error:
        raise Refused("broken") from error
    with Image.open(io.BytesIO(drawn), formats=("PNG",)) as picture:
        return _png(picture.convert("RGBA"))


def _check(element: etree._Element) -> None:
    name = etree.QName(element).localname
    values = [str(value).lower() for value in element.attrib.values()]
    links = [str(value) for key, value in element.attrib.items() if etree.QName(key).localname == "href"]
    # Colours that a drawing has of its own are told by `url(#…)`.
    outside = any(sign in value.replace("url(#", "") for value in values for sign in _OUTSIDE)
    if name in _REFUSED_TAGS or outside or any(not link.startswith("#") for link in links):
        raise Refused("outside")


def _size_of(root: etree._Element) -> tuple[float, float]:
    try:
        box = [float(part) for part in (root.get("viewBox") or "").replace(",", " ").split()]
        wide, high = box[2:4] if len(box) == 4 else (_length(root.get(one)) for one in ("width", "height"))
    except ValueError as error:
        raise Refused("broken") from error
    if not (0 < wide < 1e6 and 0 < high < 1e6):
        raise Refused("broken")
    return wide, high


def _length(text: str | None) -> float:
    return float((text or "").removesuffix("px").removesuffix("pt").removesuffix("mm").strip())


def _png(picture: Image.Image) -> bytes:
    """256 colours are enough, and a tenth of the size."""
    stream = io.BytesIO()
    picture.quantize(256, method=Image.Quantize.FASTOCTREE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
