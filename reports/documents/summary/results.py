"""Section II: poverty by district and year, goals, and the indicators of the reports."""

from reports.documents.summary import charts, goals
from reports.documents.summary.reading import (
    figure,
    heading_titles,
    number,
    said,
    tier_name,
    years_of,
)
from reports.papers.model import Column, Heading, Paragraph, Table

REVIEW = "Kết quả rà soát hộ nghèo hằng năm"
REPORTS = "Báo cáo đã nhận của các đơn vị"


def results(snapshot):
    yield Heading(2, "1. Kết quả giảm nghèo")
    yield from _poverty(snapshot)
    yield Heading(2, "2. Kết quả thực hiện các mục tiêu của Kế hoạch")
    yield from goals.goals(snapshot)
    yield Heading(2, "3. Kết quả theo chỉ tiêu báo cáo: chỉ đạo, tuyên truyền, nguồn lực, mô hình")
    yield from _indicators(snapshot)


# 1. Poverty


def _poverty(snapshot):
    known = [year for year in snapshot["poverty"] if year["total"]["counts"]]
    if not known:
        yield Paragraph("Chưa có kết quả rà soát hộ nghèo của các năm trong kỳ.")
        return
    yield Paragraph(_newest(known[-1]))
    if change := _change(charts.comparable_years(snapshot["poverty"])):
        yield Paragraph(change)
    yield from charts.goal_path(snapshot)
    yield district_table(snapshot)
    yield from charts.rate_by_district(snapshot)


def _newest(year) -> str:
    total, counts = year["total"], year["total"]["counts"]
    partial = ""
    if total["reported"] < total["expected"]:
        partial = f" (mới có {total['reported']}/{total['expected']} xã, phường, thị trấn)"
    unable = said(counts["poor_unable"])
    return (
        f"Cuối năm {year['year']}, toàn tỉnh có {said(counts['poor_closing'])} hộ nghèo, chiếm "
        f"{said(total['poor_rate'], '%')} tổng số {said(counts['households'])} hộ dân cư, và "
        f"{said(counts['near_closing'])} hộ cận nghèo, chiếm {said(total['near_rate'], '%')} "
        f"(số liệu {year['stage_label']}){partial}. Trong số hộ nghèo có "
        f"{said(counts['poor_closing_ethnic'])} hộ dân tộc thiểu số và {unable} hộ không có khả "
        "năng lao động."
    )


def _change(years) -> str:
    """From the first to the last year of one standard; nothing where there is but one."""
    if len(years) < 2:
        return ""
    first, last = years[0], years[-1]
    before, after = first["total"]["counts"], last["total"]["counts"]
    fewer = before["poor_closing"] - after["poor_closing"]
    points = number(first["total"]["poor_rate"]) - number(last["total"]["poor_rate"])
    way = "giảm" if fewer >= 0 else "tăng"
    rate_way = "giảm" if points >= 0 else "tăng"
    return (
        f"So với cuối năm {first['year']} (cùng chuẩn nghèo), số hộ nghèo {way} "
        f"{said(abs(fewer))} hộ, tỷ lệ hộ nghèo {rate_way} {said(abs(points))} điểm phần trăm."
    )


def district_table(snapshot) -> Table:
    """Units by year: poor households, rate, near-poor households, rate.

    While there were districts they are the rows; a year after them shows its sum alone.
    """
    years = [year for year in snapshot["poverty"] if year["total"]["counts"]]
    names = charts.places(years)
    columns = [Column("TT", "order", width=4), Column("Địa bàn", width=16)]
    for year in years:
        columns += _year_columns(year)
    rows = [
        (place, name, *[cell for year in years for cell in _cells(_row_of(year, unit))])
        for place, (unit, name) in enumerate(names.items(), start=1)
    ]
    rows.append((None, "Toàn tỉnh", *[cell for year in years for cell in _cells(year["total"])]))
    return Table(
        title="Hộ nghèo, hộ cận nghèo theo địa bàn và năm",
        columns=tuple(columns),
        rows=tuple(rows),
        totals=(-1,),
        unit="hộ; tỷ lệ %",
        note=_table_note(years, names),
    )


def _year_columns(year):
    mark = "*" if year["breaks"] else ""
    group = f"Năm {year['year']}{mark}"
    told = f"cuối năm {year['year']}, {year['stage_label']}, {year['standard']}"
    return [
        Column("Hộ nghèo", "int", group, meaning=f"Hộ nghèo {told}", source=REVIEW),
        Column(
            "Tỷ lệ (%)", "percent", group, meaning="Hộ nghèo / tổng số hộ dân cư", source=REVIEW
        ),
        Column("Hộ cận nghèo", "int", group, meaning=f"Hộ cận nghèo {told}", source=REVIEW),
        Column(
            "Tỷ lệ (%)", "percent", group, meaning="Hộ cận nghèo / tổng số hộ dân cư", source=REVIEW
        ),
    ]


def _row_of(year, unit_id):
    return next((row for row in year["rows"] if row["unit_id"] == unit_id), None)


def _cells(row):
    if row is None or row["counts"] is None:
        return [None] * 4
    counts = row["counts"]
    return [
        counts["poor_closing"],
        number(row["poor_rate"]),
        counts["near_closing"],
        number(row["near_rate"]),
    ]


def _table_note(years, names) -> str:
    notes = [
        f"* Từ năm {year['year']} đo theo {year['standard']}; không so sánh với năm trước."
        for year in years
        if year["breaks"]
    ]
    notes += [
        f"Năm {year['year']} không còn cấp huyện: số của từng xã, phường ở biểu B1."
        for year in years
        if not any(row["unit_id"] in names for row in year["rows"])
    ]
    stages = "; ".join(f"năm {year['year']}: {year['stage_label']}" for year in years)
    partial = "; ".join(
        f"năm {year['year']} mới có {year['total']['reported']}/{year['total']['expected']} xã"
        for year in years
        if year["total"]["reported"] < year["total"]["expected"]
    )
    notes.append(f"Mức số liệu: {stages}." + (f" Chưa đủ: {partial}." if partial else ""))
    return "\n".join(notes)


# 3. Indicators


def _indicators(snapshot):
    if not snapshot["sources"]:
        yield Paragraph("Chưa có báo cáo nào của kỳ được nhận nên chưa có số liệu tổng hợp.")
        return
    yield indicator_table(snapshot)
    alone = tier_table(snapshot)
    if alone.rows:
        yield alone


def indicator_table(snapshot) -> Table:
    """Indicators that add up: a column a year, and the whole period where it has several."""
    years = years_of(snapshot)
    several = len(years) > 1
    columns = [
        Column("TT", "order", width=4),
        Column("Chỉ tiêu", width=36),
        Column("Đơn vị tính", width=9),
        *[Column(f"Năm {year}", "decimal", width=11, source=REPORTS) for year in years],
    ]
    if several:
        meaning = "Cộng các năm; số dư, số đối tượng tại một thời điểm thì lấy năm mới nhất"
        columns.append(Column("Cả kỳ", "decimal", width=11, meaning=meaning, source=REPORTS))
    rows, totals, last, place = [], [], None, 0
    titles = heading_titles(snapshot)
    for row in snapshot["indicators"]:
        if row["rollup"] == "none":
            continue
        if row["section"] != last:
            last = row["section"]
            totals.append(len(rows))
            rows.append((None, titles.get(last, "Chỉ tiêu khác"), "", *[None] * (len(columns) - 3)))
        place += 1
        rows.append((place, row["label"], row["unit"], *_indicator_cells(row, years, several)))
    return Table(
        title="Kết quả theo chỉ tiêu báo cáo",
        columns=tuple(columns),
        rows=tuple(rows),
        totals=tuple(totals),
        note="Cộng từ báo cáo đã nhận, mỗi địa bàn một lần. Ô trống: chưa có báo cáo được nhận.",
    )


def _indicator_cells(row, years, several):
    values = [figure(row["by_year"].get(str(year))) for year in years]
    return [*values, figure(row["total"])] if several else values


def tier_table(snapshot) -> Table:
    """Indicators that stand for each tier by itself, of the newest year with figures."""
    rows = [row for row in snapshot["indicators"] if row["rollup"] == "none" and row["by_tier"]]
    year = max((value["year"] for row in rows for value in row["by_tier"]), default=None)
    tiers = list(
        dict.fromkeys(
            value["tier"] for row in rows for value in row["by_tier"] if value["year"] == year
        )
    )
    columns = (
        Column("TT", "order", width=4),
        Column("Chỉ tiêu", width=30),
        Column("Đơn vị tính", width=9),
        *[Column(tier_name(tier), "decimal", width=12, source=REPORTS) for tier in tiers],
    )
    lines = [
        (place, row["label"], row["unit"], *_tier_cells(row, tiers, year))
        for place, row in enumerate(rows, start=1)
    ]
    title = f"Chỉ tiêu xem riêng từng cấp, năm {year}" if year else "Chỉ tiêu xem riêng từng cấp"
    note = "Các chỉ tiêu này chỉ đếm phần do chính đơn vị làm, không cộng giữa các cấp."
    return Table(title, columns, tuple(lines), note=note)


def _tier_cells(row, tiers, year):
    values = {v["tier"]: figure(v["value"]) for v in row["by_tier"] if v["year"] == year}
    return [values.get(tier) for tier in tiers]
