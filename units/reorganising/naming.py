"""What the full name of a territory tells: its type, its own name, whether it is urban."""

from typing import NamedTuple

from config.text import clean_line
from units.kinds import TERRITORIES


class Named(NamedTuple):
    """The parts of a full name; ``kind`` is "" where it does not begin with a known type."""

    name: str
    short_name: str
    subtype: str
    urban: bool
    kind: str


def named(text: str) -> Named:
    """ "Thị Trấn Thổ Tang" is "Thị trấn Thổ Tang", by itself "Thổ Tang", an urban commune."""
    line = clean_line(text)
    for subtype, (kind, urban) in TERRITORIES.items():
        if line.casefold().startswith(f"{subtype} "):
            short = line[len(subtype) + 1 :]
            return Named(full_name(subtype, short), short, subtype, urban, kind)
    return Named(line, line, "", False, "")


def full_name(subtype: str, short_name: str) -> str:
    """Type and own name, as the register writes them."""
    return f"{subtype[:1].upper()}{subtype[1:]} {short_name}".strip()
