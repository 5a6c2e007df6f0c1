"""Text that every file format can hold: what people type and paste, washed."""

import unicodedata

# Control marks, half characters and non-characters break files; bidi marks turn words around.
_DROPPED = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    + [*range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF]
)
del _DROPPED[0x0A]


def clean(text: str) -> str:
    """NFC, without marks that are no text; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", text.translate(_DROPPED)).strip()


def line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split("\n"))
