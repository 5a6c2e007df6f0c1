"""Vietnamese text: one spelling, search, alphabetical order, number words, file names.

Nothing here knows Django or the domain. Databases are not asked to understand Vietnamese:
SQLite ignores case for ASCII alone and orders by code point (Ấn after Yên), PostgreSQL by its
locale. So two columns are stored beside a name, ``fold()`` to search in and ``sort_key()`` to
order by, and both engines give the same answers from an ordinary index.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The 29 Vietnamese letters in their order, with f, j, w, z where foreign names need them."""

TONE_MARKS = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Combining mark → rank: huyền, hỏi, ngã, sắc, nặng; the level tone (ngang) ranks 0."""

_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_LETTER_RANKS = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
RESERVED_STEMS = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""File names that Windows keeps for devices; "con" is an ordinary Vietnamese word."""


# One spelling


def nfc(text: str) -> str:
    """Composed Unicode: macOS and some typing tools send "ê" as two characters, or three."""
    return unicodedata.normalize("NFC", text)


def _printable(character: str) -> str:
    """A blank for any kind of space, nothing for what cannot be seen or stored, else itself."""
    if character.isspace() or character == "\u200b":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return ""
    point = ord(character)
    if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:  # never valid in XML
        return ""
    return character


def clean_line(text: str) -> str:
    """The text on one line: NFC, single blanks, no control or invisible characters.

    A zero-width space parts words, so it becomes a blank; text direction marks go, as they can
    make a name read as another.
    """
    if not text.isprintable():
        text = "".join(map(_printable, text))
    return nfc(" ".join(text.split()))


def clean_text(text: str) -> str:
    """The same for text of several lines: line breaks stay, never more than one empty line."""
    lines = [clean_line(line) for line in text.splitlines()]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


# Search and order


def _without_marks(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


def fold(text: str) -> str:
    """For search: no diacritics, no capitals, đ as d ("Đoàn  Hoà" and "doan hòa" are "doan hoa").

    Fold the stored column and the search words alike.
    """
    text = clean_line(text)
    if not text.isascii():
        # Folding case can bring marks back ("İ"), so they are dropped on both sides of it.
        text = unicodedata.normalize("NFC", _without_marks(_without_marks(text).casefold()))
        text = text.replace("đ", "d")
    return " ".join(text.lower().split())


def _rank(letter: str) -> str:
    """One sign per letter and digit; foreign scripts stand as they are, after z."""
    if letter in _LETTER_RANKS:
        return _LETTER_RANKS[letter]
    return letter if letter in "0123456789" or ord(letter) > 127 else "!"


@lru_cache(maxsize=4096)
def _weigh(character: str) -> tuple[str, str]:
    """Ranks of the letter and of its tone; only letters have one, even if it is the level tone."""
    letter, tone = "", "0"
    for part in unicodedata.normalize("NFD", character.casefold()):
        if part in TONE_MARKS:
            tone = TONE_MARKS[part]
        elif nfc(letter + part) in _LETTER_RANKS:
            letter = nfc(letter + part)
        elif not _MARKS.match(part):
            letter += part
    ranks = "".join(map(_rank, letter))
    return ranks, tone if ranks and ranks not in "!0123456789" else ""


def _number_rank(match: re.Match) -> str:
    """Digits behind their count, so that 10 follows 2; noughts in front do not count."""
    digits = match[0].lstrip("0") or "0"
    return f"{len(digits):02}{digits}"


def sort_key(text: str) -> str:
    """A plain string that sorts as the Vietnamese alphabet does; for a stored, indexed column.

    First the letters of the whole text (a ă â b … d đ e ê …), then its tones (ngang, huyền, hỏi,
    ngã, sắc, nặng), as Excel and ICU do; numbers by size ("Thôn 2" before "Thôn 10"); capitals
    and the kind of punctuation do not count. Compare bytes: the column is a
    ``config.fields.ByteOrderField``. Two texts may share a key: let the primary key part them. Up
    to three times as long as the text.
    """
    weights = [_weigh(character) for character in clean_line(text)]
    letters = re.sub("!+", "!", "".join(rank for rank, _ in weights)).strip("!")
    tones = "".join(tone for _, tone in weights).rstrip("0")
    letters = re.sub("[0-9]{1,99}", _number_rank, letters)
    return f"{letters} {tones}".rstrip(" ")


# Numbers and dates as written in papers

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _tens_words(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    words = [_DIGITS[tens], "mươi"] if tens > 1 else ["mười"] * tens
    if not unit:
        return words
    if tens > 1 and unit in (1, 4):
        return [*words, "mốt" if unit == 1 else "tư"]
    return [*words, "lăm" if tens and unit == 5 else _DIGITS[unit]]


def _group_words(number: int, *, leading: bool) -> list[str]:
    """Three digits; not at the front they are read in full: "không trăm linh năm"."""
    hundreds, rest = divmod(number, 100)
    if leading and not hundreds:
        return _tens_words(rest)
    words = [_DIGITS[hundreds], "trăm"]
    if 0 < rest < 10:
        words.append("linh")
    return words + _tens_words(rest)


def _words(number: int, *, leading: bool) -> list[str]:
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        if number >= size:
            front, rest = divmod(number, size)
            words = [*_words(front, leading=leading), name]
            return words + (_words(rest, leading=False) if rest else [])
    return _group_words(number, leading=leading)


def number_words(number: int) -> str:
    """A whole number in words: 1_005_000 → "một triệu không trăm linh năm nghìn"."""
    if number < 0:
        return f"âm {number_words(-number)}"
    return " ".join(_words(number, leading=True)) if number else "không"


def vn_number(number: int | float | Decimal, places: int | None = None) -> str:
    """1234567.5 → "1.234.567,5"; ``places`` fixes the decimals, half rounds away from nought."""
    value = Decimal(str(number))
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{value if value else abs(value):,f}"
    if places is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(str.maketrans(",.", ".,"))


def vn_day(value: date | datetime) -> date:
    """The day in Viet Nam; an instant late at night in UTC is already the next day there."""
    if isinstance(value, datetime):
        return (value.astimezone(VIETNAM) if value.tzinfo else value).date()
    return value


def vn_date(value: date | datetime) -> str:
    """30/11/2023; years before 1000 keep four digits on every platform."""
    day = vn_day(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


# File names


def slug(text: str, limit: int = 80) -> str:
    """ASCII for a file name: "Báo cáo Đoàn (2023)" → "bao-cao-doan-2023"; never empty."""
    name = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")[:limit].rstrip("-")
    return f"tep-{name}".rstrip("-") if not name or name in RESERVED_STEMS else name
