"""The annexes of the paper: B1 from the review, B2–B7 from the reports, and long lists of names."""

from reports.documents.summary import progress
from reports.documents.summary.reading import entered_day, figure, number, tier_name
from reports.papers.model import Annex, Column, Paragraph, Table
from units.kinds import Kind

LINES_SHOWN = 120
"""Of a list that many rows stand in the paper; the workbook has all."""

OWN_NOTE = "Mỗi đơn vị chỉ ghi phần của chính mình, nên số của các nhóm cộng được với nhau."

REVIEW = "Kết quả rà soát hộ nghèo"
ROWS = "Biểu {code} của báo cáo đã nhận"
CHANGES = (
    ("escaped", "Thoát"),
    ("relapsed", "Tái"),
    ("arisen", "Phát sinh"),
    ("adjustment", "Điều chỉnh"),
)


def annexes(snapshot):
    yield _b1(snapshot)
    for annex in snapshot["annexes"]:
        yield Annex(
            f"Biểu {annex['code']}. {annex['title']}", tuple(_tables(annex)), landscape=True
        )
    for row in progress.long_lists(snapshot):
        yield Annex(progress.absent_title(row), (progress.absent_table(row),), landscape=True)


def _b1(snapshot) -> Annex:
    covered = {row["year"] for row in snapshot["covered"]}
    years = [
        year
        for year in snapshot["poverty"]
        if year["total"]["counts"] and (year["year"] in covered or len(covered) > 1)
    ]
    blocks = [review_table(year) for year in years]
    if not blocks:
        blocks = [Paragraph("Chưa có kết quả rà soát của các năm trong kỳ.")]
    return Annex("Biểu B1. Kết quả rà soát hộ nghèo, hộ cận nghèo", tuple(blocks), landscape=True)


def review_table(year) -> Table:
    """One year after the summary table of the review: area, units, sum; 24 columns."""
    columns = (
        Column("TT", "order", width=3.4),
        Column("Địa bàn", width=13),
        Column("Tổng số hộ", "int", source=REVIEW),
        Column("Hộ DTTS", "int", source=REVIEW),
        *_review_columns("poor", "Hộ nghèo"),
        Column("Không có khả năng LĐ", "int", "Hộ nghèo", source=REVIEW),
        *_review_columns("near", "Hộ cận nghèo"),
    )
    rows = [_review_row(None, row) for row in year["areas"]]
    rows += [_review_row(place, row) for place, row in enumerate(year["rows"], start=1)]
    rows.append(_review_row(None, year["total"]))
    totals = (*range(len(year["areas"])), -1)
    return Table(
        title=f"Năm {year['year']} (số liệu {year['stage_label']})",
        columns=columns,
        rows=tuple(rows),
        totals=totals,
        unit="hộ; tỷ lệ %",
        note=f"Chuẩn nghèo: {year['standard']}. Cuối năm = đầu năm − thoát + tái + phát sinh "
        "+ điều chỉnh.",
    )


def _review_columns(prefix, group):
    what = group.lower()
    yield Column("Đầu năm", "int", group, meaning=f"{group} đầu năm", source=REVIEW)
    yield Column("Tỷ lệ (%)", "percent", group, meaning=f"{group} đầu năm / tổng số hộ")
    yield Column("DTTS đầu năm", "int", group, meaning=f"Hộ DTTS trong {what} đầu năm")
    for name, header in CHANGES:
        yield Column(header, "int", group, meaning=f"{header} {what} trong năm ({name})")
    yield Column("Cuối năm", "int", group, meaning=f"{group} cuối năm", source=REVIEW)
    yield Column("Tỷ lệ (%)", "percent", group, meaning=f"{group} cuối năm / tổng số hộ")
    yield Column("DTTS cuối năm", "int", group, meaning=f"Hộ DTTS trong {what} cuối năm")


def _review_row(place, row):
    counts = row["counts"]
    if counts is None:
        return (place, _area_name(row), *[None] * 23)
    return (
        place,
        _area_name(row),
        counts["households"],
        counts["ethnic_households"],
        *_movement(counts, "poor", number(row["opening_rate"]), number(row["poor_rate"])),
        counts["poor_unable"],
        *_movement(counts, "near", number(row["near_opening_rate"]), number(row["near_rate"])),
    )


def _area_name(row) -> str:
    return "Tổng cộng" if row["kind"] == Kind.PROVINCE else row["name"]


def _movement(counts, prefix, opening_rate, closing_rate):
    return (
        counts[f"{prefix}_opening"],
        opening_rate,
        counts[f"{prefix}_opening_ethnic"],
        *[counts[f"{prefix}_{name}"] for name, _ in CHANGES],
        counts[f"{prefix}_closing"],
        closing_rate,
        counts[f"{prefix}_closing_ethnic"],
    )


# B2 to B7


def _tables(annex):
    if not annex["by_tier"]:
        yield Paragraph("Các báo cáo đã nhận không có số liệu của biểu này.")
        return
    yield tier_totals(annex)
    if annex["groups"]:
        yield group_table(annex)
    if annex["lines"]:
        yield line_table(annex, shown=LINES_SHOWN)


def _summed(annex):
    return [column for column in annex["columns"] if column.get("total")]


def _summed_columns(annex):
    source = ROWS.format(code=annex["code"])
    return [
        Column(_header(column), "decimal", width=13, meaning=column["label"], source=source)
        for column in _summed(annex)
    ]


def _header(column) -> str:
    return f"{column['label']} ({column['unit']})" if column["unit"] else column["label"]


def tier_totals(annex) -> Table:
    """Tables, rows and sums by year and group of units; groups are not added."""
    columns = (
        Column("Năm", width=6),
        Column("Nhóm đơn vị", width=26),
        Column("Số báo cáo có biểu", "int", width=11),
        Column("Số dòng", "int", width=8),
        *_summed_columns(annex),
    )
    names = [column["name"] for column in _summed(annex)]
    rows = tuple(
        (
            str(row["year"]),
            tier_name(row["tier"]),
            row["reports"],
            row["rows"],
            *[figure(row["sums"][name]) for name in names],
        )
        for row in annex["by_tier"]
    )
    note = "Biểu của cấp trên có thể đã gồm số của cấp dưới nên không cộng các nhóm với nhau."
    if annex["own"]:
        note = OWN_NOTE
    return Table(f"{annex['code']} theo nhóm đơn vị", columns, rows, note=note)


def group_table(annex) -> Table:
    """Sums by the chosen values (or by unit), over reports that no higher one contains."""
    labels = {column["name"]: column["label"] for column in annex["columns"]}
    keys = [labels.get(name, "Đơn vị") for name in annex["group_columns"]]
    columns = (
        Column("Năm", width=6),
        *[Column(label, width=24) for label in keys],
        Column("Số dòng", "int", width=8),
        *_summed_columns(annex),
    )
    names = [column["name"] for column in _summed(annex)]
    rows = tuple(
        (
            str(row["year"]),
            *row["keys"],
            row["rows"],
            *[figure(row["sums"][name]) for name in names],
        )
        for row in annex["groups"]
    )
    by = ", ".join(label.lower() for label in keys)
    note = "Mỗi địa bàn tính một lần, theo báo cáo của cấp cao nhất đã nhận."
    if annex["own"]:
        note = OWN_NOTE
    return Table(f"{annex['code']} theo {by}", columns, rows, note=note)


def line_table(annex, shown=None) -> Table:
    """The rows themselves, with unit and year."""
    lines = _newest(annex["lines"])[:shown] if shown else annex["lines"]
    source = ROWS.format(code=annex["code"])
    columns = (
        Column("TT", "order", width=4),
        Column("Năm", width=5),
        Column("Đơn vị báo cáo", width=18),
        *[_line_column(column, source) for column in annex["columns"]],
    )
    rows = tuple(
        (place, str(line["year"]), line["unit"], *_line_cells(annex, line))
        for place, line in enumerate(lines, start=1)
    )
    left = len(annex["lines"]) - len(lines)
    note = f"Còn {left} dòng (kể cả các năm trước) trong tệp số liệu kèm theo." if left else ""
    return Table(f"{annex['code']} chi tiết", columns, rows, note=note)


def _newest(lines):
    """The lines of the newest year: the paper shows these, the workbook every year."""
    last = max((line["year"] for line in lines), default=None)
    return [line for line in lines if line["year"] == last]


KINDS = {"integer": "decimal", "decimal": "decimal", "date": "date"}
WIDTHS = {"date": 10, "integer": 7, "decimal": 8, "choice": 12}


def _line_column(column, source) -> Column:
    kind = KINDS.get(column["kind"], "text")
    width = WIDTHS.get(column["kind"], 18)
    return Column(_header(column), kind, "", width, meaning=column["label"], source=source)


def _line_cells(annex, line):
    for column, cell in zip(annex["columns"], line["cells"], strict=True):
        yield CELLS.get(column["kind"], str)(cell) if cell else None


CELLS = {"integer": figure, "decimal": figure, "date": entered_day}
