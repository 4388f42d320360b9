"""Pictures of the screen that handbooks show, for paper."""

from base64 import b64encode
from struct import unpack
from typing import Any

from django.conf import settings


def screen_picture(name: str, alt: str) -> dict[str, Any]:
    """As a block like that of a drawing: the picture inside an SVG of its size."""
    content = (settings.BASE_DIR / "static" / "pictures" / f"{name}.png").read_bytes()
    # Where every PNG says its width and height.
    width, height = unpack(">II", content[16:24])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 '
        f'{width} {height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{b64encode(content).decode()}"/></svg>'
    )
    # Smaller than on the screen, so that it stands on the page of its steps.
    shown = {"kind": "picture", "svg": svg, "alt": alt, "width": 0.6 * width}
    return shown | {"table": "", "caption": []}
