"""Before any reader: is this a workbook, is it safe, does it stay within bounds?

One pass over the XML with expat, in flat memory and with the namespaces resolved, so that no
prefix or encoding slips past. It also learns what openpyxl's quick reader does not tell: how far
the values reach, which cells are merged, which rows and columns are hidden.
"""

import re
from dataclasses import dataclass
from typing import BinaryIO

from config import ooxml
from config.ooxml import BOMB, BROKEN, MEBIBYTE, PackageError
from config.sheets.definition import SheetError
from config.text import vn_number
from config.uploads import XLSX, UploadError, display_name, identify, megabytes, size_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main "
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Limits(ooxml.Limits):
    """Bounds of a workbook; the defaults suit a form that people fill in by hand."""

    max_bytes: int = 10 * MEBIBYTE
    max_unpacked: int = 100 * MEBIBYTE
    max_elements: int = 2_000_000
    """About one and a half per cell with a value."""
    max_rows: int = 20_000
    """The last row that may hold a value, counted in the sheet."""
    max_columns: int = 200
    max_row_elements: int = 50_000
    """Elements of one row or one text: the reader holds them in memory together."""
    max_loose_elements: int = 500_000
    """Elements of a part that is not made of rows: styles, for one."""
    max_merged: int = 10_000


DEFAULT = Limits()


class Grid(ooxml.Watch):
    """What one part turned out to hold; parts that are not worksheets stay at nought."""

    def __init__(self, limits: Limits, tally: ooxml.Tally):
        self.limits = limits
        self.last_row = self.last_column = 0
        self.merged: list[str] = []
        self.hidden_rows: list[int] = []
        """Hidden rows that hold values."""
        self.hidden_columns: list[tuple[int, int]] = []
        self._tally, self._start = tally, tally.elements
        self._most_loose = limits.max_loose_elements
        self._row = self._column = 0
        self._row_text = ""
        self._row_is_hidden = False
        self._columns: dict[str, int] = {}
        seen = {"row": self._see_row, "c": self._see_cell, "si": self._see_text}
        seen |= dict.fromkeys(("v", "f", "is"), self._see_value)
        seen |= {"mergeCell": self._see_merged, "col": self._see_column}
        self.seen = {MAIN + name: method for name, method in seen.items()}
        self.seen |= dict.fromkeys((STRICT + "worksheet", STRICT + "workbook"), self._see_strict)

    def pace(self) -> None:
        """Elements outside rows and texts, and those of one, are held in memory together."""
        if self._tally.elements - self._start > self._most_loose:
            raise PackageError(BOMB)

    def _see_text(self, attributes):
        self.pace()
        self._start, self._most_loose = self._tally.elements, self.limits.max_row_elements

    def _see_row(self, attributes):
        """Rows ascend; the reader would drop one that does not, without a word."""
        number = int(attributes.get("r", self._row + 1))
        if number <= self._row:
            raise PackageError(BROKEN)
        self._row, self._row_text, self._column = number, str(number), 0
        self._row_is_hidden = _is_on(attributes, "hidden")
        self._see_text(attributes)

    def _see_cell(self, attributes):
        reference = attributes.get("r")
        if reference is None or not self._row:  # or a list of formulas, or a careless writer
            self._column += 1
            return
        column = None
        if reference.endswith(self._row_text):
            column = self._columns.get(reference[: -len(self._row_text)])
        if column is None:
            column = self._learnt(reference)
        if column <= self._column:
            raise PackageError(BROKEN)
        self._column = column

    def _learnt(self, reference: str) -> int:
        """The column of a cell that names its place rightly."""
        match = _REFERENCE.fullmatch(reference)
        if not match or int(match[2]) != self._row:
            raise PackageError(BROKEN)
        self._columns[match[1]] = column_number(match[1])
        return self._columns[match[1]]

    def _see_value(self, attributes):
        """A cell counts once it holds something; formats alone often reach to the last row."""
        row, column = self._row, self._column
        if row > self.limits.max_rows or column > self.limits.max_columns:
            raise PackageError(
                f"có giá trị ở ô {column_letter(column)}{row}, ngoài "
                f"{vn_number(self.limits.max_rows)} dòng và {vn_number(self.limits.max_columns)} "
                "cột đầu; hãy xóa các dòng, cột thừa, lưu lại rồi chọn lại."
            )
        self.last_row = row
        if column > self.last_column:
            self.last_column = column
        if self._row_is_hidden and row not in self.hidden_rows[-1:]:
            self.hidden_rows.append(row)

    def _see_merged(self, attributes):
        self.merged.append(attributes.get("ref", ""))
        if len(self.merged) > self.limits.max_merged:
            raise PackageError(BOMB)

    def _see_column(self, attributes):
        if _is_on(attributes, "hidden"):
            self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _see_strict(self, attributes):
        raise PackageError(
            "được lưu dạng “Strict Open XML”; hãy lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại."
        )


def _is_on(attributes: dict[str, str], name: str) -> bool:
    return attributes.get(name) in ("1", "true", "on")


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def guard(file: BinaryIO, limits: Limits = DEFAULT) -> dict[str, Grid]:
    """Refuse an unfit file (``SheetError``); else tell what each part holds, by part name."""
    name, size = display_name(file), size_of(file)
    if size > limits.max_bytes:
        raise SheetError(
            f"Tệp “{name}” có {megabytes(size)}, quá giới hạn {megabytes(limits.max_bytes)}; hãy "
            "xóa ảnh và trang tính thừa hoặc chia thành nhiều tệp."
        )
    grids: dict[str, Grid] = {}

    def watch(part: str, tally: ooxml.Tally) -> Grid:
        if part.lower().startswith("xl/externallinks/"):
            raise PackageError(
                "có liên kết sang tệp Excel khác; hãy sao chép rồi dán giá trị, cắt liên kết "
                "(Dữ liệu → Sửa liên kết), lưu lại rồi chọn lại."
            )
        grids[part] = Grid(limits, tally)
        return grids[part]

    try:
        identify(file, allowed=[XLSX], max_bytes=limits.max_bytes)
        ooxml.check(file, limits, watch=watch)
    except UploadError as refusal:
        raise SheetError(*refusal.args) from refusal
    except PackageError as refusal:
        raise SheetError(f"Tệp “{name}” {refusal.args[0]}") from refusal
    return grids
