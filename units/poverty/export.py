"""The table of a year as a workbook: districts with their communes, numbers as numbers."""

import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from config.sheets import styles
from config.sheets.guard import column_letter
from config.sheets.texts import height_for, print_wide, text_cell
from config.text import vn_date
from units.models import PovertyReview
from units.models.poverty import Stage
from units.poverty.figures import COUNTS, Figures
from units.poverty.standards import standard_for
from units.poverty.tables import ReviewRow, review_table, total_row

RATES = {
    "Tỷ lệ hộ nghèo cuối năm (%)": lambda figures: figures.poor_rate,
    "Tỷ lệ hộ cận nghèo cuối năm (%)": lambda figures: figures.near_rate,
}
WIDTHS = (5, 26, 8, 9, *(11 for _ in COUNTS), *(11 for _ in RATES), 30)
HEAD_ROW = 3
COUNT_FORMAT, RATE_FORMAT = "#,##0", "0.00"


def table_workbook(year: int, stage: str) -> bytes:
    """Each district's row, its communes below it, the total last; texts cannot become formulas."""
    below: dict[int, list[ReviewRow]] = {}
    for row in review_table(year, stage, by="commune"):
        below.setdefault(row.unit.parent_id, []).append(row)
    districts = review_table(year, stage)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Rà soát hộ nghèo")
    _dress(sheet)
    for line in _heading(year, stage):
        sheet.append([text_cell(sheet, line, font=styles.BOLD)])
    labels = _labels()
    sheet.row_dimensions[HEAD_ROW].height = height_for(labels, [width * 0.8 for width in WIDTHS])
    sheet.append([_head(sheet, label) for label in labels])
    for number, district in enumerate(districts, start=1):
        sheet.append(_cells(sheet, str(number), district.unit.name, district, bold=district.opens))
        for commune in below.get(district.unit.pk, []):
            sheet.append(_cells(sheet, "", commune.unit.name, commune))
    sheet.append(_cells(sheet, "", "Tổng cộng", total_row(districts), bold=True))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _heading(year: int, stage: str) -> list[str]:
    standard = standard_for(year)
    return [
        f"Kết quả rà soát hộ nghèo, hộ cận nghèo năm {year} (số liệu {Stage(stage).label})",
        f"Đơn vị tính: hộ. {standard.name if standard else 'Chuẩn nghèo chưa khai báo'}",
    ]


def _labels() -> list[str]:
    words = [str(PovertyReview._meta.get_field(name).verbose_name) for name in COUNTS]
    figures = [label[:1].upper() + label[1:] for label in words]
    return ["TT", "Đơn vị", "Mã", "Số xã có số liệu", *figures, *RATES, "Tệp nguồn"]


def _head(sheet, label: str):
    cell = text_cell(sheet, label, font=styles.HEAD_FONT, fill=styles.HEAD_FILL)
    cell.alignment, cell.border = styles.HEAD_ALIGNMENT, styles.BOX
    return cell


def _cells(sheet, number: str, name: str, row: ReviewRow, *, bold: bool = False) -> list:
    """One line; what is not known stays blank, it is not nought."""
    font = styles.BOLD if bold else styles.PLAIN
    code = row.unit.code if row.unit else ""
    texts = [text_cell(sheet, text, font=font) for text in (number, name, code)]
    reported = text_cell(sheet, f"{row.reported}/{row.expected}", font=font)
    numbers = [_number(sheet, value, form, font) for value, form in _values(row.figures)]
    return [*texts, reported, *numbers, text_cell(sheet, _sources(row))]


def _values(figures: Figures | None) -> list[tuple]:
    """Value and number format of each column; what is not known has no value."""
    counts = [(figures[name] if figures else None, COUNT_FORMAT) for name in COUNTS]
    return [
        *counts,
        *((rate(figures) if figures else None, RATE_FORMAT) for rate in RATES.values()),
    ]


def _number(sheet, value, number_format: str, font) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.font, cell.number_format = font, number_format
    return cell


def _sources(row: ReviewRow) -> str:
    return "; ".join(f"{file.name} ({vn_date(file.confirmed_at)})" for file in row.sources)


def _dress(sheet) -> None:
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    print_wide(sheet)
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[column_letter(place)].width = width
