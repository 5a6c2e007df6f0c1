"""Giấy khen, bằng khen for print: one A4 page a certificate, lying, many in one PDF.

The words travel as JSON beside the layout ``certificate.typ``. Sizes follow the length of the
words, so that the longest name still stands on its page. The QR code leads to the page where
everybody can check the award.
"""

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from config.text import clean_line
from reports.papers.content import COUNTRY, MOTTO
from reports.papers.pdf import printed

LAYOUT = Path(__file__).resolve().parent.parent / "layouts" / "certificate.typ"
NAME_SIZES = ((30, 34), (45, 28), (70, 24), (110, 21), (150, 19), (230, 17))
"""Up to so many letters of a name (a capital is one and a half): its size in points."""
SMALLEST_NAME = 14
TEXT_SIZES = ((170, 18), (280, 16), (430, 14), (850, 12.5))
SMALLEST_TEXT = 9
LONGEST_WORD = 28
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD},}}")
MASK = 3
"""One fixed mask: trying all eight costs eight times as much and reads no better at this size."""


@dataclass(frozen=True)
class Certificate:
    """What one page says; ``form`` is “Giấy khen” or “Bằng khen”, ``issuer`` who gives it."""

    issuer: str
    form: str
    name: str
    whereabouts: str
    achievement: str
    place_date: str
    decision: str
    post: str
    signer: str
    check_url: str
    author: str = ""
    date: datetime.date | None = None


def pdf(certificates: Iterable[Certificate], *, text_only: bool = False) -> bytes:
    """All pages in one file; ``text_only`` leaves the frame out, for forms already printed."""
    pages = [values(certificate) for certificate in certificates]
    if not pages:
        raise ValueError("no certificate to print")
    told = {"country": COUNTRY, "motto": MOTTO, "framed": not text_only, "pages": pages}
    inputs = {"told": json.dumps(told, ensure_ascii=False)}
    return printed(LAYOUT, inputs, ["ua-1"])


def values(certificate: Certificate) -> dict:
    """The words of one page with their sizes, and its code as modules."""
    words = {
        name: _breakable(clean_line(text))
        for name, text in asdict(certificate).items()
        if isinstance(text, str)
    }
    told = _letters(certificate.achievement) + _letters(certificate.whereabouts)
    capitals = ("issuer", "form", "post")
    date = certificate.date
    return {
        **words,
        **{name: words[name].upper() for name in capitals},
        "name_size": _size(_letters(certificate.name), NAME_SIZES, SMALLEST_NAME),
        "text_size": _size(told, TEXT_SIZES, SMALLEST_TEXT),
        "date": [date.year, date.month, date.day] if date else None,
        "check_url": certificate.check_url,
        "qr": qr_svg(certificate.check_url),
    }


def qr_svg(text: str) -> str:
    """A QR code (error level M) as one SVG path, a unit a module, with the quiet zone of four."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=MASK, border=4)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    rows = code.modules
    side = len(rows) + 8
    path = "".join(
        f"M{start + 4} {y + 4}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


def _runs(row):
    """Where dark modules stand side by side: (first, how many)."""
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def _letters(text):
    return len(text) + sum(character.isupper() for character in text) / 2


def _size(length, sizes, smallest):
    return next((points for most, points in sizes if length <= most), smallest)


def _breakable(text: str) -> str:
    """A word without an end breaks anywhere rather than leave the page."""
    return _ENDLESS.sub(lambda word: "\u200b".join(word[0]), text)
