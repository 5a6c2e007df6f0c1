"""Fills and strokes that stay apart for colour-blind eyes and on a black and white printer.

Every series differs in lightness and in its hatching or dash, not in hue alone.
"""

import copy

from lxml import etree

INK = "#1a1a1a"
PAPER = "#ffffff"
TARGET = "#b00020"
SINGLE = "#8ec5ea"  # bars of a chart with one series, pale enough for the target line to show
# Ground colour and hatching, dark and light in turn; five, for more no eye can follow.
FILLS = (
    ("#0b3c6f", None),
    ("#f6b84a", "M0,8 L8,0"),
    ("#d9ecf8", "M2,2 h2 v2 h-2 Z"),
    ("#3f7d4e", "M0,4 H8"),
    ("#ece7f2", "M0,8 L8,0 M0,0 L8,8"),
)
STROKES = ("#0b3c6f", "#b85c00", "#4b4b4b", "#2f7d4e", "#7a3e9d")
DASHES = ((1, 0), (7, 3), (2, 2), (8, 3, 2, 3), (12, 4))
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
SVG = "http://www.w3.org/2000/svg"


def fill_names(count: int) -> list[str]:
    """What a spec names as the fill of its first ``count`` series; ``draw`` gives them body."""
    names = [
        ground if path is None else f"url(#hatch{n})" for n, (ground, path) in enumerate(FILLS)
    ]
    return [names[place % len(names)] for place in range(count)]


def draw(root, key: str) -> None:
    """Give body to the hatchings that ``root`` uses; ``key`` keeps ids apart on one page.

    The ground is drawn plainly beneath the hatching: as part of the pattern it would show seams
    between the pattern's tiles in PDF viewers.
    """
    definitions = etree.Element(f"{{{SVG}}}defs")
    for place, (ground, path) in enumerate(FILLS):
        name = f"url(#hatch{place})"
        hatched = [element for element in root.iter() if element.get("fill") == name]
        for element in hatched:
            beneath = copy.deepcopy(element)
            beneath.set("fill", ground)
            element.addprevious(beneath)
            element.set("fill", f"url(#hatch{place}-{key})")
        if hatched:
            definitions.append(_pattern(f"hatch{place}-{key}", path))
    if len(definitions):
        root.insert(0, definitions)


def _pattern(name, path):
    size = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
    pattern = etree.Element(f"{{{SVG}}}pattern", {"id": name, **size})
    look = {"d": path, "stroke": INK, "stroke-width": "1", "fill": "none"}
    etree.SubElement(pattern, f"{{{SVG}}}path", look)
    return pattern
