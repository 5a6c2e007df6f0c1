"""The sheet beside a table that explains its columns."""

from collections.abc import Iterable

from config.sheets import styles
from config.sheets.definition import KIND_LABELS, Column, Definition
from config.sheets.texts import height_for, print_wide, text_cell

_WIDTHS = (30, 11, 24, 60, 60)
_HEADS = ("Cột", "Bắt buộc", "Kiểu", "Giá trị được nhận", "Giải thích")


def write_guide(worksheet, definition: Definition, lines: Iterable[str]) -> None:
    """What each column takes and means, below some lines of advice."""
    print_wide(worksheet)
    worksheet.protection.sheet = True
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        worksheet.column_dimensions[letter].width = width
    title, *rest = lines
    worksheet.append([text_cell(worksheet, title, font=styles.TITLE_FONT)])
    for line in rest:
        worksheet.append([text_cell(worksheet, line)])
    worksheet.append([])
    worksheet.append(
        [
            text_cell(worksheet, head, font=styles.HEAD_FONT, fill=styles.HEAD_FILL)
            for head in _HEADS
        ]
    )
    for number, column in enumerate(definition.columns, start=len(rest) + 4):
        line = _told(column)
        cells = [text_cell(worksheet, text) for text in line]
        for cell in cells:
            cell.alignment, cell.border = styles.TOP, styles.BOX
        worksheet.row_dimensions[number].height = height_for(line, _WIDTHS)
        worksheet.append(cells)


def _told(column: Column) -> tuple[str, ...]:
    required = "có" if column.required else "không"
    rule = column.rule[:1].upper() + column.rule[1:]
    return column.label, required, KIND_LABELS[column.kind], rule, column.help
