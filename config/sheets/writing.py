"""The workbook to download, made from the definition that will check it when it comes back."""

import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.utils import quote_sheetname
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from config.sheets import styles
from config.sheets.definition import (
    CHOICE,
    DATE,
    DECIMAL,
    MOST,
    NUMBERS,
    TEXT,
    Column,
    Definition,
)
from config.sheets.guard import column_letter
from config.sheets.guide import write_guide
from config.sheets.texts import height_for, number_format, print_wide, text_cell
from config.sheets.workbook import GUIDE, LISTS
from config.text import clean_line, clean_text, vn_number

AUTHOR = "Cổng thông tin"
LAST_ROW = 2**20
"""What a sheet of Excel holds; a text file may have more rows."""
_ADVICE = (
    GUIDE + " điền “{title}”",
    "Điền vào các cột của trang “{title}”, mỗi dòng một đối tượng; cột có dấu * bắt buộc điền.",
    "Không đổi tên cột, không thêm cột, không gộp ô, không để công thức (dán giá trị).",
    "Ô nền xám đã điền sẵn để nhận ra dòng, không sửa.",
    "Mỗi bảng nhận tối đa {rows} dòng. Dòng trống được bỏ qua.",
)


def template(
    definition: Definition, rows: Iterable[Mapping[str, Any]] = (), *, about: str = ""
) -> bytes:
    """A workbook with the definition's table, filled in with ``rows`` (values by column name).

    ``about`` says whose it is ("Huyện Tam Đảo, năm 2023"). Heads carry notes, cells refuse wrong
    entries on the spot, locked columns are protected (without a password: the check comes at the
    upload), a second sheet explains. Read back untouched it gives the same values.
    """
    # All values first: openpyxl cannot drop a sheet that it has begun to write.
    lines = [[_value(column, row) for column in definition.columns] for row in rows]
    workbook = Workbook(write_only=True)
    workbook.properties.creator = AUTHOR
    workbook.properties.title = clean_line(f"{definition.title} {about}")
    worksheet = workbook.create_sheet(definition.title)
    top = [line for line in (definition.title, about, *definition.intro) if line]
    _dress(worksheet, definition, header_row=len(top) + 1)
    for place, line in enumerate(top):
        font = styles.TITLE_FONT if place == 0 else styles.PLAIN
        worksheet.append([text_cell(worksheet, clean_line(line), font=font)])
    labels, widths = zip(
        *((f"{c.label} *", c.width * 0.8) for c in definition.columns), strict=True
    )
    worksheet.row_dimensions[len(top) + 1].height = height_for(labels, widths)
    worksheet.append([_head(worksheet, column) for column in definition.columns])
    models = [_model(worksheet, column) for column in definition.columns]
    for line in lines:
        worksheet.append([_body(*pair) for pair in zip(models, line, strict=True)])
    advice = [line.format(title=definition.title, rows=_most(definition)) for line in _ADVICE]
    write_guide(workbook.create_sheet(GUIDE), definition, advice)
    _write_lists(workbook, definition)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _most(definition: Definition) -> str:
    return vn_number(definition.max_rows)


def _head(worksheet, column: Column) -> WriteOnlyCell:
    label = f"{column.label} *" if column.required else column.label
    cell = text_cell(worksheet, label, font=styles.HEAD_FONT, fill=styles.HEAD_FILL)
    cell.alignment, cell.border = styles.HEAD_ALIGNMENT, styles.BOX
    note = "\n".join(filter(None, (column.help, f"Nhận {column.rule}.", _demand(column))))
    cell.comment = Comment(note, AUTHOR, height=120, width=260)
    return cell


def _demand(column: Column) -> str:
    return "Bắt buộc." if column.required else "Có thể để trống."


def _model(worksheet, column: Column) -> WriteOnlyCell:
    """An empty cell in the column's dress, which the cells below share."""
    model = WriteOnlyCell(worksheet)
    model.font, model.border, model.alignment = styles.PLAIN, styles.BOX, styles.TOP
    model.number_format = number_format(column)
    model.protection = styles.LOCKED if column.locked else styles.OPEN
    if column.locked:
        model.fill = styles.LOCKED_FILL
    return model


def _value(column: Column, row: Mapping[str, Any]):
    """What the cell will hold; what no cell can hold is a mistake of the caller."""
    value = row.get(column.name)
    if column.kind == CHOICE:
        value = dict(column.choices).get(value, value)
    if isinstance(value, str):
        text = clean_text(value) if column.multiline else clean_line(value)
        if len(text) > MOST[TEXT]:  # the rest would be cut off without a word
            raise ValueError(f"{column.name}: {len(text)} characters do not fit into a cell")
        return text or None
    if isinstance(value, datetime) or not isinstance(value, int | float | Decimal | date | None):
        raise TypeError(f"{column.name}: a cell cannot hold a {type(value).__name__}")
    return value


def _body(model: WriteOnlyCell, value) -> WriteOnlyCell:
    if isinstance(value, str):
        return text_cell(model.parent, value, like=model)
    cell = WriteOnlyCell(model.parent, value=value)
    cell._style = model._style  # 15,000 rows of 27 columns: 5 s instead of 10
    return cell


def _dress(worksheet, definition: Definition, *, header_row: int) -> None:
    """All that stands outside the cells: widths, protection, checks on entry, printing."""
    first, last = header_row + 1, min(header_row + definition.max_rows, LAST_ROW)
    worksheet.freeze_panes = f"A{first}"
    worksheet.print_title_rows = f"{header_row}:{header_row}"
    print_wide(worksheet)
    protection = worksheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)
    protection.insertRows = protection.deleteRows = not definition.may_add_rows
    for place, column in enumerate(definition.columns, start=1):
        letter = column_letter(place)
        dimension = worksheet.column_dimensions[letter]
        dimension.width = column.width
        dimension.font = styles.PLAIN
        dimension.number_format = number_format(column)
        if definition.may_add_rows:
            dimension.protection = styles.OPEN  # of the rows below those filled in
        check = _check_on_entry(definition, column)
        if check:
            check.add(f"{letter}{first}:{letter}{last}")
            worksheet.data_validations.append(check)


def _check_on_entry(definition: Definition, column: Column) -> DataValidation | None:
    if column.kind == CHOICE:
        check = DataValidation("list", formula1=_choices_formula(definition, column))
    elif column.kind in NUMBERS:
        kind = "decimal" if column.kind == DECIMAL else "whole"
        check = _between(kind, column.least, column.most)
    elif column.kind == DATE:
        check = _between("date", int(to_excel(column.least)), int(to_excel(column.most)))
    elif column.digits:
        check = DataValidation("textLength", operator="equal", formula1=column.digits)
    elif column.maximum:
        check = DataValidation("textLength", operator="lessThanOrEqual", formula1=column.maximum)
    else:
        return None
    check.allow_blank, check.showErrorMessage, check.errorStyle = True, True, "stop"
    check.errorTitle = column.label[:32]
    check.error = f"Hãy nhập {column.rule}."[:225]
    return check


def _between(kind: str, least, most) -> DataValidation:
    return DataValidation(kind, operator="between", formula1=least, formula2=most)


# Choices too many or too long for a rule of 255 characters stand on a sheet of their own.


def _inline(column: Column) -> str | None:
    labels = [label for _, label in column.choices]
    joined = ",".join(labels)
    if len(joined) > 250 or any(set(label) & set(',"') for label in labels):
        return None
    return f'"{joined}"'


def _listed(definition: Definition) -> list[Column]:
    return [c for c in definition.columns if c.kind == CHOICE and _inline(c) is None]


def _choices_formula(definition: Definition, column: Column) -> str:
    if inline := _inline(column):
        return inline
    letter = column_letter(_listed(definition).index(column) + 1)
    return f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(column.choices) + 1}"


def _write_lists(workbook, definition: Definition) -> None:
    columns = _listed(definition)
    if not columns:
        return
    worksheet = workbook.create_sheet(LISTS)
    worksheet.protection.sheet = True
    for place in range(len(columns)):
        worksheet.column_dimensions[column_letter(place + 1)].width = 30
    worksheet.append([text_cell(worksheet, c.label, font=styles.BOLD) for c in columns])
    for place in range(max(len(column.choices) for column in columns)):
        worksheet.append(
            [
                text_cell(worksheet, column.choices[place][1])
                if place < len(column.choices)
                else None
                for column in columns
            ]
        )
