"""The table of a text file (CSV), a chunk at a time: flat memory however long the file is.

Excel and other programs write commas, semicolons or tabs, UTF-8 or UTF-16; the heads tell which.
What is no text, or not in Unicode, is refused with the line where that shows.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from config.ooxml import MEBIBYTE
from config.sheets import heads
from config.sheets.definition import DATE, NUMBERS, Cell, Column, Definition, SheetError
from config.text import clean_line, vn_number
from config.uploads import CSV, UploadError, display_name, identify, size_of

CHUNK = 256 * 1024
"""Bytes read at once; no line may be longer."""
DELIMITERS = ",;\t"
DANGEROUS = "=+-@"
"""A spreadsheet takes a text that begins so for a formula; we write an apostrophe before it."""
ERROR_WORDS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(byte for byte in range(128) if CONTROL.match(chr(byte)))
_APOSTROPHES = re.compile(f"'+[{re.escape(DANGEROUS)}#]")
_NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")
_BREAK = r"[;,\t\r\n][^\S;,\t\r\n]*"
"""Where a program that parts cells by another mark begins one, with the blanks it leaves out."""
_FORMULA = rf"[=+@]|(?!{_NEGATIVE.pattern}(?:[\s;,]|$))-(?![\s;,]|$)"
"""How one begins there; a dash that stands alone and a negative number are none."""
_BROKEN_OFF = re.compile(f"({_BREAK})('*)(?={_FORMULA})")
_PATIENCE = 4
"""Chunks that one row may reach over, in quotation marks."""
_UNCLOSED = (
    "có dấu ngoặc kép mở mà không đóng, hoặc chữ sau dấu ngoặc kép đóng, ở gần dòng {}; hãy sửa "
    "dấu ngoặc kép ở dòng đó rồi chọn lại."
)


@dataclass(frozen=True)
class TextLimits:
    """Bounds of a text file; the rows are bounded by the definition."""

    max_bytes: int = 1024 * MEBIBYTE
    max_columns: int = 200


TEXT_DEFAULT = TextLimits()


def to_cell(column: Column, content: str | None, address: str) -> Cell:
    """What stands in a text file at this place; there a formula or an error is text as well."""
    if not content or content.isspace() or not clean_line(content):
        return Cell(content, address, "blank")
    if content.startswith("="):
        return Cell(content, address, "formula")
    if content in ERROR_WORDS:
        return Cell(content, address, "error")
    if column.kind in (*NUMBERS, DATE) and content.upper() in ("TRUE", "FALSE"):
        return Cell(content.upper(), address, "boolean")
    return Cell(undefused(content), address, "plain")


def has_control(raw: bytes) -> bool:
    """Whether these bytes may be those of control characters; quicker than a look at each."""
    return len(raw.translate(None, _CONTROL_BYTES)) < len(raw)


def defused(text: str) -> str:
    """A text as it may stand in a text file that a spreadsheet opens.

    An apostrophe goes before what looks like a formula or an error, and before what has one; a
    negative number is neither. So it does behind each mark that parts cells: the file may be
    opened with another one than ours.
    """
    text = _BROKEN_OFF.sub(r"\1'\2", text)
    harmful = text.startswith(tuple(DANGEROUS)) and not _NEGATIVE.fullmatch(text)
    harmful = harmful or text in ERROR_WORDS
    return f"'{text}" if harmful or _APOSTROPHES.match(text) else text


def undefused(text: str) -> str:
    """The text itself again."""
    if "'" not in text:
        return text
    text = text[1:] if text.startswith("'") and _APOSTROPHES.match(text) else text
    return _BROKEN_OFF.sub(_without_one, text)


def _without_one(found: re.Match) -> str:
    return found[1] + found[2].removeprefix("'")


class TextTable:
    """The table of a text file. ``columns`` stand by place, None where a place has no head."""

    cell = staticmethod(to_cell)
    notes: tuple[str, ...] = ()

    def __init__(self, file: BinaryIO, definition: Definition, limits: TextLimits):
        self._file, self._name, self._size = file, display_name(file), size_of(file)
        self._bytes = self._lines = self._number = 0
        self.header_row = 0
        chunks = self._chunks()
        first = next(chunks, io.StringIO())
        delimiter, self.header_row, top = _layout(first, definition)
        if len(top) > limits.max_columns:
            raise SheetError(
                f"Tệp “{self._name}” có {vn_number(len(top))} cột, quá giới hạn "
                f"{vn_number(limits.max_columns)}; hãy xóa các cột thừa rồi chọn lại."
            )
        self.columns = heads.match(top, definition, self._at)
        lines = chain(first, chain.from_iterable(chunks))
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)

    @property
    def total(self) -> int:
        """Rows below the header, reckoned from the lines in the bytes read so far."""
        share = self._bytes / self._size if self._size else 1
        return max(round(self._lines / share) - self.header_row if share else 0, 0)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number and contents of each row below the header, as a spreadsheet counts them."""
        return self._refusing(islice(enumerate(self._reader, start=1), self.header_row, None))

    def _refusing(self, rows):
        try:
            for row in rows:
                self._number = row[0]
                yield row
        except csv.Error as error:
            raise self._refusal(_UNCLOSED.format(vn_number(self._number + 1))) from error

    def done(self, number: int) -> float:
        """How much of the file has been read."""
        return self._bytes / self._size if self._size else 1.0

    def address(self, number: int, place: int | None) -> str:
        return f"dòng {number}"

    def place_name(self, place: int) -> str:
        """How a place without a head is called."""
        return f"thứ {place + 1}"

    def _at(self, place: int) -> str:
        return f"Cột thứ {place + 1} (dòng {self.header_row})"

    def _refusal(self, words: str) -> SheetError:
        return SheetError(f"Tệp “{self._name}” {words}")

    def _chunks(self) -> Iterator[io.StringIO]:
        """Whole lines, some hundred kilobytes together, decoded and looked through."""
        self._file.seek(0)
        head = self._file.read(4)
        bom, encoding = next((b for b in _BOMS if head.startswith(b[0])), (b"", "utf-8"))
        self._file.seek(len(bom))
        self._bytes = len(bom)
        decoder = codecs.getincrementaldecoder(encoding)()
        rest, seen, waited = "", self._number, 0
        while True:
            raw = self._file.read(CHUNK)
            self._bytes += len(raw)
            text = rest + self._decoded(decoder, raw, rest)
            cut = _last_break(text) if raw else len(text)
            whole, rest = text[:cut], text[cut:]
            if len(rest) > CHUNK:
                line = vn_number(self._lines + 1)
                raise self._refusal(f"có dòng {line} dài quá; hãy kiểm tra dấu xuống dòng.")
            if whole:
                self._lines += _count_lines(whole)
                yield io.StringIO(whole, newline="")
            waited = 0 if self._number != seen else waited + 1
            seen = self._number
            if waited > _PATIENCE:
                raise self._refusal(_UNCLOSED.format(vn_number(self._number + 1)))
            if not raw:
                return

    def _decoded(self, decoder, raw: bytes, rest: str) -> str:
        try:
            text = decoder.decode(raw, not raw)
        except UnicodeDecodeError as error:
            before = rest + error.object[: error.start].decode(error.encoding, "ignore")
            line = vn_number(self._lines + before.count("\n") + 1)
            raise self._refusal(
                f"không phải mã Unicode (UTF-8) ở dòng {line}; hãy mở bằng Excel, chọn Save As → "
                "CSV UTF-8 (Comma delimited) rồi chọn lại."
            ) from error
        if has_control(raw) and (wrong := CONTROL.search(text)):
            line = vn_number(self._lines + (rest + text[: wrong.start()]).count("\n") + 1)
            raise self._refusal(
                f"có ký tự điều khiển không phải chữ ở dòng {line}; hãy mở bằng Excel, lưu lại "
                "dạng CSV UTF-8 rồi chọn lại."
            )
        return text


def _count_lines(text: str) -> int:
    mark = "\n" if "\n" in text else "\r"
    return text.count(mark) + (not text.endswith(mark))


def _last_break(text: str) -> int:
    """Behind the last line break; a lone \\r at the end may be half of one."""
    return text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1


def _layout(lines: io.StringIO, definition: Definition) -> tuple[str, int, list[str]]:
    """Delimiter, number of the header row and its heads, from the first lines of the file."""
    top = list(islice(lines, heads.HEADER_SEARCH))
    lines.seek(0)
    split = {delimiter: _split(top, delimiter) for delimiter in DELIMITERS}
    most = {
        delimiter: max((heads.hits(row, definition) for row in rows), default=0)
        for delimiter, rows in split.items()
    }
    best = max(DELIMITERS, key=most.get)
    place = heads.find(split[best], definition)
    return best, place + 1, split[best][place]


def _split(lines: list[str], delimiter: str) -> list[list[str]]:
    rows = csv.reader(lines, delimiter=delimiter)
    found: list[list[str]] = []
    with suppress(csv.Error):  # told with its line when the rows are read
        found.extend(rows)
    return found


@contextmanager
def opened_text(
    file: BinaryIO, definition: Definition, limits: TextLimits = TEXT_DEFAULT
) -> Iterator[TextTable]:
    """The table of a text file; ``SheetError`` when it is none, or its heads do not fit."""
    try:
        identify(file, allowed=[CSV], max_bytes=limits.max_bytes)
    except UploadError as refusal:
        raise SheetError(*refusal.args) from refusal
    try:
        yield TextTable(file, definition, limits)
    finally:
        file.seek(0)
