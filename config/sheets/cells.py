"""Sheets through openpyxl, row by row as plain values: no object for a cell that is ordinary.

Text is ``str``, a number ``int`` or ``float``, a day ``datetime`` or the like, a blank None.
Whatever else a cell may hold comes as ``Odd``, so that it is never taken for a value.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element, iterparse  # noqa: S405 (the guard came first)

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from config.sheets.definition import SheetError
from config.sheets.guard import column_number
from config.uploads import display_name

_TEXT = f"{{{SHEET_MAIN_NS}}}t"
_KINDS = {"b": "boolean", "e": "error"}
_REMEMBERED = 10_000
"""So many numbers are made once; most of a sheet are the same few."""
_CUSTOM_FORMATS = 164
"""Number formats from this one on are the workbook's own."""


class Odd(NamedTuple):
    """A cell that is no plain value, with its kind: boolean, error, formula or percent."""

    kind: str
    value: Any


class Leaf(NamedTuple):
    """A sheet of the workbook, and the part that holds its rows."""

    title: str
    part: str
    sheet_state: str


@contextmanager
def refusing(file: BinaryIO):
    """Whatever openpyxl trips over becomes a refusal; it was written for files that Excel made.

    Only its own work stands inside, never the caller's.
    """
    try:
        yield
    except SheetError:
        raise
    except Exception as error:
        raise SheetError(
            f"Tệp “{display_name(file)}” có nội dung mà cổng không đọc được; hãy mở bằng Excel, "
            "lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại."
        ) from error


class Book:
    """A workbook that the guard has passed: its sheets, and the rows of each.

    openpyxl's quick reader would first look through every sheet for its size, which the guard
    knows; so its steps are taken one by one, without that.
    """

    def __init__(self, file: BinaryIO):
        self._file = file
        file.seek(0)
        with refusing(file), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that it leaves out
            reader = ExcelReader(file, read_only=True, keep_links=False)
            reader.read_manifest()
            reader.read_strings()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            self.sheets = [
                Leaf(sheet.name, relation.target, sheet.state)
                for sheet, relation in reader.parser.find_sheets()
                if relation.target in reader.valid_files and "chartsheet" not in relation.Type
            ]
        self._reader = reader

    def close(self) -> None:
        """Leave the file at its start."""
        self._reader.archive.close()
        self._file.seek(0)

    def rows(self, sheet: Leaf, last_row: int, width: int) -> Iterator[tuple[int, list]]:
        """Number and values of each row there is, up to the last that holds any."""
        with refusing(self._file), self._reader.archive.open(sheet.part) as source:
            parser = _Parser(source, self._reader, width)
            for _, element in iterparse(source):  # noqa: S314
                if element.tag == ROW_TAG:
                    row = parser.parse_row(element)
                    element.clear()
                    yield row
                    if row[0] >= last_row:
                        return


class _Parser(WorkSheetParser):
    """openpyxl's parser; ordinary cells go past its objects, all others through it."""

    def __init__(self, source, reader: ExcelReader, width: int):
        book = reader.wb
        super().__init__(source, reader.shared_strings, epoch=book.epoch)
        self._width = width
        self._places: dict[str, int] = {}
        self._numbers: dict[str, int | float] = {}
        self._spans = book._timedelta_formats
        self._dresses = {
            str(place): _dress(book, place, style.numFmtId)
            for place, style in enumerate(book._cell_styles)
        }

    def parse_row(self, row: Element) -> tuple[int, list]:
        """Number and values by place; blank from the last column on that holds any."""
        self.row_counter = int(row.get("r", self.row_counter + 1))
        self.col_counter = 0
        digits = len(str(self.row_counter))
        values = [None] * self._width
        for cell in row:
            reference = cell.get("r")
            if reference is None:
                place = self.col_counter + 1
            else:
                letters = reference[:-digits]
                place = self._places.get(letters) or self._learnt(letters)
            if len(cell):
                values[place - 1] = self._value(cell)
            self.col_counter = place
        return self.row_counter, values

    def _learnt(self, letters: str) -> int:
        self._places[letters] = column_number(letters)
        return self._places[letters]

    def _value(self, cell: Element):
        if len(cell) > 1:
            return self._unusual(cell)
        child, kind = cell[0], cell.get("t", "n")
        if child.tag == VALUE_TAG and child.text:
            if kind == "s":
                return self.shared_strings[int(child.text)]
            if kind == "n":
                return self._number(child.text, self._dresses[cell.get("s", "0")], cell)
        elif kind == "inlineStr" and len(child) == 1 and child[0].tag == _TEXT:
            return child[0].text
        return self._unusual(cell)

    def _number(self, text: str, dress: str, cell: Element):
        number = self._numbers.get(text)
        if number is None:
            number = float(text) if set(".eE").intersection(text) else int(text)
            if len(self._numbers) < _REMEMBERED:
                self._numbers[text] = number
        if not dress:
            return number
        if dress == "percent":
            return Odd(dress, number)
        try:
            return from_excel(number, self.epoch, timedelta=int(cell.get("s")) in self._spans)
        except (OverflowError, ValueError):  # no such day
            return Odd("error", "#VALUE!")

    def _unusual(self, cell: Element):
        if cell.find(FORMULA_TAG) is not None:
            return Odd("formula", "=")
        found = self.parse_cell(cell)
        value, kind = found["value"], found["data_type"]
        if value is None or kind in ("s", "d"):
            return value
        if kind == "n":
            return self._number(str(value), self._dresses[str(found["style_id"])], cell)
        return Odd(_KINDS[kind], value)


def _dress(book, place: int, number_format: int) -> str:
    """What a style makes of a number: a day, percents, or nothing but a number."""
    if place in book._date_formats:
        return "date"
    own = number_format - _CUSTOM_FORMATS
    code = book._number_formats[own] if own >= 0 else BUILTIN_FORMATS.get(number_format, "")
    return "percent" if "%" in code else ""
