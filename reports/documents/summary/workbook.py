"""The workbook: every table of the paper in full, and the sources of the figures."""

from reports.documents.summary import annexes, frame, goals, honours, progress, results
from reports.documents.summary.reading import day, day_said, figure, span, tier_name, years_of
from reports.papers.model import About, Column, Table
from reports.states import Timeliness


def about(snapshot, signing) -> About:
    """What the workbook is, for its explanation sheet."""
    lines = [
        ("Báo cáo", frame.title(snapshot).replace("\n", " ")),
        ("Cơ quan", snapshot["issuer"]["body"]),
        ("Kỳ", f"{snapshot['period']['title']} ({span(snapshot)})"),
        ("Số liệu lập", frame.composed(snapshot)),
        ("Tình trạng", "Đã ban hành" if signing.issued else "DỰ THẢO"),
        ("Mã số liệu chốt", signing.snapshot or "chưa chốt"),
        ("Cách cộng", "Chỉ cộng báo cáo đã nhận; mỗi địa bàn một lần, ở cấp cao nhất đã nhận."),
    ]
    return About("Số liệu kèm theo báo cáo", tuple(lines))


def tables(snapshot) -> tuple[Table, ...]:
    """One sheet each, annexes in their order, then figures, lists and sources."""
    found = [goals.goals_table(snapshot)] if snapshot["goals"] else []
    if any(year["total"]["counts"] for year in snapshot["poverty"]):
        found.append(results.district_table(snapshot))
    found += [_named(annexes.review_table(y), f"B1 năm {y['year']}") for y in _reviewed(snapshot)]
    for annex in snapshot["annexes"]:
        found += _annex_sheets(annex)
    found += [results.indicator_table(snapshot), indicators_by_tier(snapshot), parts(snapshot)]
    found += [
        _named(progress.completeness_table(row), f"Tiến độ {row['year']}")
        for row in snapshot["completeness"]
    ]
    found += [
        _named(progress.absent_table(row), f"Chưa có báo cáo {row['year']}")
        for row in snapshot["completeness"]
        if row["absent"]
    ]
    found += [honours.ranking_table(ranking) for ranking in snapshot["rankings"]]
    if snapshot["awards"]:
        found.append(honours.awards_table(snapshot))
    if snapshot.get("decided"):
        found.append(honours.decided_table(snapshot))
    if snapshot["passages"]:
        found.append(passages(snapshot))
    return (*found, sources(snapshot))


def _named(table, title) -> Table:
    """The same table under a name short enough for a sheet."""
    return Table(title, table.columns, table.rows, table.totals, table.unit, table.note)


def _reviewed(snapshot):
    return [year for year in snapshot["poverty"] if year["total"]["counts"]]


def _annex_sheets(annex):
    yield annexes.tier_totals(annex)
    if annex["groups"]:
        yield annexes.group_table(annex)
    if annex["lines"]:
        yield annexes.line_table(annex)


def indicators_by_tier(snapshot) -> Table:
    """Every indicator by year and group of units, with the number of reports behind it."""
    columns = (
        Column("Mã", width=18),
        Column("Chỉ tiêu", width=36),
        Column("Đơn vị tính"),
        Column("Năm"),
        Column("Nhóm đơn vị", width=24),
        Column("Giá trị", "decimal", meaning="Tổng của nhóm trong năm", source=results.REPORTS),
        Column("Số báo cáo", "int", meaning="Số báo cáo được cộng", source=results.REPORTS),
    )
    rows = tuple(
        (
            row["code"],
            row["label"],
            row["unit"],
            str(value["year"]),
            tier_name(value["tier"]),
            figure(value["value"]),
            value["reports"],
        )
        for row in snapshot["indicators"]
        for value in row["by_tier"]
    )
    return Table("Chỉ tiêu theo nhóm", columns, rows)


def parts(snapshot) -> Table:
    """Each sum opened to the reports it was added from: a row a report, a column an indicator."""
    shown = [row for row in snapshot["indicators"] if row["parts"]]
    values = {
        (row["code"], part["report_id"]): part["value"] for row in shown for part in row["parts"]
    }
    used = {report for _, report in values}
    columns = (
        Column("Năm"),
        Column("Đơn vị", width=30),
        Column("Nhóm đơn vị", width=24),
        Column("Biên nhận", width=20, meaning="Số biên nhận của bản đã gửi"),
        *[
            Column(
                row["label"],
                "decimal",
                meaning=f"{row['label']} ({row['unit']}). {row['help']}",
                source=results.REPORTS,
            )
            for row in shown
        ],
    )
    rows = tuple(
        (
            str(source["year"]),
            source["unit"],
            tier_name(source["tier"]),
            source["receipt"],
            *[figure(values.get((row["code"], source["report_id"]))) for row in shown],
        )
        for source in snapshot["sources"]
        if source["report_id"] in used
    )
    return Table("Số liệu từng báo cáo", columns, rows)


def passages(snapshot) -> Table:
    columns = (
        Column("TT", "order"),
        Column("Mục", width=30),
        Column("Đoạn trích", width=60),
        Column("Nguồn", width=30, meaning="Đơn vị, kỳ báo cáo"),
    )
    rows = tuple(
        (place, row["section"], row["text"], f"{row['unit']}, {row['period']}")
        for place, row in enumerate(snapshot["passages"], start=1)
    )
    return Table("Đoạn trích", columns, rows)


def sources(snapshot) -> Table:
    """The accepted reports that the figures rest on, with the hash of what was sent."""
    columns = (
        Column("TT", "order"),
        Column("Năm"),
        Column("Nhóm đơn vị", width=24),
        Column("Đơn vị", width=30),
        Column("Thuộc", width=24),
        Column("Thời hạn"),
        Column("Ngày nhận", "date"),
        Column("Biên nhận", width=20, meaning="Số biên nhận của bản đã gửi, tra được trên cổng"),
        Column("Dấu vân SHA-256", width=40, meaning="Dấu vân nội dung bản đã gửi"),
    )
    rows = tuple(
        (
            place,
            str(row["year"]),
            tier_name(row["tier"]),
            row["unit"],
            row["above"],
            Timeliness(row["timeliness"]).label,
            day(row["accepted_at"]),
            row["receipt"],
            row["sha256"],
        )
        for place, row in enumerate(snapshot["sources"], start=1)
    )
    years = ", ".join(str(year) for year in years_of(snapshot))
    note = f"Báo cáo đã nhận của năm {years}; lập {day_said(snapshot['composed_at'])}."
    return Table("Báo cáo làm nguồn", columns, rows, note=note)
