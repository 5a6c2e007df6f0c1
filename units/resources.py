"""Registers on their way out: columns, headings and values, through django-import-export."""

import io

from import_export import fields, resources
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from config.sheets.texts import text_cell
from config.text import vn_date
from units.models import Unit

WIDEST = 60  # characters


def column(attribute: str, heading: str) -> fields.Field:
    return fields.Field(attribute=attribute, column_name=heading, readonly=True)


class UnitResource(resources.ModelResource):
    """The register of units: one row a unit, with its life, source and confidence."""

    code = column("code", "Mã")
    name = column("name", "Tên đầy đủ")
    kind = column("get_kind_display", "Cấp")
    subtype = column("subtype", "Loại")
    parent = column("parent__name", "Đơn vị cấp trên")
    valid_from = column("valid_from", "Có từ ngày")
    valid_to = column("valid_to", "Hết từ ngày")
    source = column("source", "Nguồn")
    confidence = column("get_confidence_display", "Độ tin cậy")

    class Meta:
        model = Unit
        fields = (
            "code",
            "name",
            "kind",
            "subtype",
            "parent",
            "valid_from",
            "valid_to",
            "source",
            "confidence",
        )

    def dehydrate_valid_from(self, unit):
        return vn_date(unit.valid_from)

    def dehydrate_valid_to(self, unit):
        return vn_date(unit.valid_to) if unit.valid_to else ""


def workbook(resource, rows, *, title: str) -> bytes:
    """The rows as ``.xlsx``: every cell is text, also what looks like a formula."""
    found = resource.export(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    lines = [[str(value or "") for value in line] for line in (found.headers, *found)]
    for place, values in enumerate(zip(*lines, strict=True), start=1):
        width = min(WIDEST, max(map(len, values)) + 2)  # stands before the first row is written
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line in lines:
        sheet.append([text_cell(sheet, value) if value else None for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
