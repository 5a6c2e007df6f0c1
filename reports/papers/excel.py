"""Tables as an Excel workbook: one sheet a table, and a sheet that explains columns and sources.

Numbers stay numbers. Text stays text, even where it looks like a formula.
"""

import datetime
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from config.sheets.texts import ONE_LINE, height_for
from config.text import clean_text
from reports.papers.content import content
from reports.papers.model import About, Paper, Table
from reports.papers.numbers import column_digits, places_of
from reports.papers.packaging import stable
from reports.papers.tables import header

EXPLANATION = "Giải thích"
NAME_LENGTH = 31  # Excel's bound for the name of a sheet
NAMELESS = "Bảng"
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LEAST, MOST = 8, 60  # characters wide
KINDS = {
    "text": "chữ",
    "order": "số thứ tự",
    "int": "số nguyên",
    "decimal": "số thập phân",
    "percent": "phần trăm (1,25 là 1,25%)",
    "date": "ngày",
}
LINE = Side(style="thin", color="FF808080")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
SHADE = PatternFill("solid", fgColor="FFE7EDF5")
FACE = "Times New Roman"
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAP = Alignment(vertical="top", wrap_text=True)
FIGURE = Alignment(horizontal="right", vertical="top")


def xlsx(tables: tuple[Table, ...], about: About) -> bytes:
    """The workbook; the same tables give the same bytes."""
    book = Workbook(write_only=True)
    book.properties.title = clean_text(about.title)
    book.properties.creator = book.properties.lastModifiedBy = None
    names = sheet_names(tables)
    for table, name in zip(tables, names, strict=True):
        _sheet(book.create_sheet(name), table)
    _explain(book.create_sheet(EXPLANATION), tables, names, about)
    return stable(book)


def workbook(paper: Paper) -> bytes:
    """All tables of a paper, appendices included, for those who go on reckoning with them."""
    words = content(paper)
    lines = (
        ("Cơ quan ban hành", words["author"]),
        ("Số, ký hiệu", words["number"].removeprefix("Số:")),
        ("Địa danh, thời gian", words["place_date"]),
        ("Tình trạng", "Dự thảo, chưa ban hành" if paper.draft else "Đã ban hành"),
        ("Mã số liệu chốt", paper.snapshot),
    )
    return xlsx(tables_of(paper), About(words["document"], lines))


def tables_of(paper: Paper) -> tuple[Table, ...]:
    """Tables in the order of print; one without a title takes that of its appendix."""
    found = [block for block in paper.blocks if isinstance(block, Table)]
    for annex in paper.annexes:
        for block in annex.blocks:
            if isinstance(block, Table):
                found.append(block if block.title else replace(block, title=annex.title))
    return tuple(found)


def sheet_names(tables) -> list[str]:
    """Titles cut to what Excel allows, no two alike in any case."""
    names, taken = [], {EXPLANATION.casefold()}
    for table in tables:
        base = " ".join(clean_text(table.title).translate(FORBIDDEN).split()) or NAMELESS
        name, place = _cut(base, NAME_LENGTH), 1
        while name.casefold() in taken:
            place += 1
            mark = f" ({place})"
            name = _cut(base, NAME_LENGTH - len(mark)) + mark
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text, length):
    """The whole words that fit, or as much of the first as does."""
    if len(text) <= length:
        return text
    return text[: length + 1].rpartition(" ")[0].strip() or text[:length]


def _sheet(sheet, table):
    """Title, unit, header, rows, note; everything about columns comes before the first row."""
    heads = header(table.columns)
    first = 4  # row of the header, below title, unit and an empty row
    last = first + len(heads) - 1
    digits = [
        column_digits(column, [row[place] for row in table.rows])
        for place, column in enumerate(table.columns)
    ]
    widths = [
        _width(column, [row[place] for row in table.rows])
        for place, column in enumerate(table.columns)
    ]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _heights(sheet, table, widths, last)
    _page(sheet, table, first, last)
    sheet.append([_cell(sheet, table.title, font=Font(name=FACE, bold=True, size=14))])
    unit = f"Đơn vị tính: {clean_text(table.unit)}" if table.unit else None
    sheet.append([_cell(sheet, unit, font=Font(name=FACE, italic=True))])
    sheet.append([])
    for row in _header_rows(sheet, heads, first):
        sheet.append(row)
    looks = _Looks(sheet)
    for number, row in enumerate(table.rows):
        sheet.append(_row(looks, table.columns, row, digits, bold=number in table.total_rows))
    if table.note:
        sheet.append([])
        sheet.append([_cell(sheet, table.note, font=Font(name=FACE, italic=True))])


def _heights(sheet, table, widths, last):
    """Wrapped words need height, and not every program finds out by itself."""
    names = [column.header for column in table.columns]
    sheet.row_dimensions[last].height = height_for(names, widths)
    for number, row in enumerate(table.rows, start=last + 1):
        words = ["" if value is None else str(value) for value in row]
        height = height_for(words, widths)
        if height > ONE_LINE:
            sheet.row_dimensions[number].height = height


def _page(sheet, table, first, last):
    """Frozen header and leading column, filter, and a printed page as wide as the table."""
    lead = next((n for n, c in enumerate(table.columns, 1) if c.kind == "text"), 1)
    lead = lead if lead <= 2 and len(table.columns) > lead else 0
    sheet.freeze_panes = f"{get_column_letter(lead + 1)}{last + 1}"
    rows = len(table.rows)
    while rows and rows - 1 in table.total_rows:
        rows -= 1  # a filter sorts: the sum stays below
    if rows:
        sheet.auto_filter.ref = f"A{last}:{get_column_letter(len(table.columns))}{last + rows}"
    sheet.print_title_rows = f"{first}:{last}"
    _fit(sheet, landscape=len(table.columns) > 6)


def _fit(sheet, *, landscape):
    """Print on A4, one page wide and as many long as it takes."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _header_rows(sheet, heads, first):
    """Header cells at their places; what spans is merged, with its words in the first cell."""
    width = sum(cell["columns"] for cell in heads[0])
    grid = [[None] * width for _ in heads]
    for depth, row in enumerate(heads):
        place = 0
        for cell in row:
            while grid[depth][place] is not None:
                place += 1
            _span(sheet, grid, cell, (depth, place), first)
            place += cell["columns"]
    return grid


def _span(sheet, grid, cell, at, first):
    depth, place = at
    for down in range(cell["rows"]):
        for right in range(cell["columns"]):
            words = cell["text"] if not (down or right) else ""
            head = _cell(sheet, words, font=Font(name=FACE, bold=True), alignment=CENTER)
            head.border, head.fill = BOX, SHADE
            grid[depth + down][place + right] = head
    if cell["rows"] > 1 or cell["columns"] > 1:
        start = f"{get_column_letter(place + 1)}{first + depth}"
        end = f"{get_column_letter(place + cell['columns'])}{first + depth + cell['rows'] - 1}"
        sheet.merged_cells.add(f"{start}:{end}")


def _row(looks, columns, values, digits, *, bold):
    cells = []
    for column, value, places in zip(columns, values, digits, strict=True):
        figure = isinstance(value, int | Decimal | datetime.date) and column.kind != "text"
        shape = _format(column.kind, value, places_of(value, places)) if figure else "@"
        cells.append(looks.cell(value, bold, shape))
    return cells


class _Looks:
    """Cells of one sheet's body; each look is worked out once, not once a cell."""

    def __init__(self, sheet):
        self.sheet, self.models = sheet, {}

    def cell(self, value, bold, shape):
        """A cell with ``value``; ``shape`` is its number format, “@” for text."""
        if (bold, shape) not in self.models:
            model = _cell(self.sheet, None, font=Font(name=FACE, bold=bold))
            model.border, model.number_format = BOX, shape
            model.alignment = WRAP if shape == "@" else FIGURE
            self.models[bold, shape] = model._style
        cell = _bare(self.sheet, value)
        cell._style = self.models[bold, shape]
        return cell


def _cell(sheet, value, *, font, alignment=None):
    cell = _bare(sheet, value)
    cell.font = font
    if alignment:
        cell.alignment = alignment
    return cell


def _bare(sheet, value):
    """Any text is stored as text, whatever it begins with."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, clean_text(value) or None)
    if cell.value is not None:
        cell.data_type = "s"
    return cell


def _format(kind, value, digits):
    if isinstance(value, datetime.date):
        return "dd/mm/yyyy"
    if kind == "order":
        return "0"
    return "#,##0" + ("." + "0" * digits if digits else "")


def _width(column, values):
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    words = max((len(word) for word in column.header.split()), default=0)
    return min(MOST, max(LEAST, longest + 3, words + 3, len(column.header) // 3))


def _explain(sheet, tables, names, about):
    """What the workbook is, then each column of each sheet: kind, meaning, source."""
    for letter, width in zip("ABCDE", (30, 34, 22, 60, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    _fit(sheet, landscape=True)
    plain, bold = Font(name=FACE), Font(name=FACE, bold=True)
    sheet.append([_cell(sheet, about.title, font=Font(name=FACE, bold=True, size=14))])
    for label, words in about.lines:
        line = (_cell(sheet, label, font=bold), _cell(sheet, words, font=plain))
        sheet.append(line)
    sheet.append([])
    titles = ("Trang tính", "Cột", "Kiểu", "Ý nghĩa", "Nguồn")
    sheet.append([_cell(sheet, title, font=bold, alignment=CENTER) for title in titles])
    for table, name in zip(tables, names, strict=True):
        for column in table.columns:
            full = f"{column.group} – {column.header}" if column.group else column.header
            words = (name, full, KINDS[column.kind], column.meaning, column.source)
            sheet.append([_cell(sheet, part, font=plain, alignment=WRAP) for part in words])
