"""Colours, letters and sizes that all drawings share."""

from dataclasses import dataclass

# The colours are the light theme's tokens; the style sheet overrides them by class in the dark one.
LINE, TARGET, INK, RULE, PAPER = "#0b6e69", "#9a5b00", "#3d4852", "#d9dfe3", "#ffffff"
SCREEN_FONT = "Source Sans Pro, system-ui, sans-serif"
# No letter of a drawing is smaller.
LETTERS = 13
NAMED = 14


@dataclass(frozen=True)
class Size:
    """Of the plot itself, in pixels, of a point, and every how many months the axis names one.

    `upright` and `across` say what the axes measure, where the words around the drawing do not.
    """

    width: int
    height: int
    every: int
    mark: int
    font: str = SCREEN_FONT
    upright: str = ""
    across: str = ""


WIDE = Size(690, 300, 6, 52)
NARROW = Size(214, 220, 12, 16)


def config(font: str = SCREEN_FONT) -> dict[str, object]:
    return {
        "view": {"stroke": None},
        "font": font,
        "axis": {
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": RULE,
            "domainColor": RULE,
            "tickColor": RULE,
            "labelFontSize": LETTERS,
            "titleFontSize": LETTERS,
            "titleFontWeight": "normal",
        },
    }
