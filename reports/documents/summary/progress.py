"""Section III: who reported, in time or late, and who did not, by name."""

from itertools import groupby

from reports.documents.summary import charts
from reports.documents.summary.reading import day_said, joined, tier_name
from reports.papers.model import Bullets, Column, Heading, Paragraph, Table

NAMED_IN_TEXT = 20
"""A group with more missing units than that is named in an annex and counted here."""

REGISTER = "Sổ đơn vị ngày xác định của kỳ và báo cáo trên cổng"


def progress(snapshot):
    rows = snapshot["completeness"]
    if not rows:
        yield Paragraph("Kỳ này không có báo cáo năm của đơn vị.")
        return
    yield from charts.completeness_by_tier(snapshot)
    for place, row in enumerate(reversed(rows), start=1):
        if len(rows) > 1:
            yield Heading(2, f"{place}. {row['title']}")
        yield completeness_table(row)
        yield from _absent_words(row)


def completeness_table(row) -> Table:
    """One period: counts by group of units."""
    names = (
        ("Phải báo cáo", "expected", "Đơn vị tồn tại ngày xác định và thuộc nhóm có hạn báo cáo"),
        ("Đã gửi", "sent", "Đã gửi ít nhất một lần và chưa rút"),
        ("Đúng hạn", "on_time", "Nhận trước khi hết hạn nộp"),
        ("Muộn có phép", "excused", "Nhận trong thời gian được gia hạn"),
        ("Muộn", "late", "Nhận sau hạn nộp, không được gia hạn"),
        ("Đã nhận", "accepted", "Đơn vị nhận đã xem và nhận"),
        ("Chưa có", "missing", "Chưa lập, chưa gửi, hoặc bị trả lại chưa gửi lại"),
    )
    columns = (
        Column("Nhóm đơn vị", width=24),
        *[Column(head, "int", width=9, meaning=told, source=REGISTER) for head, _, told in names],
    )
    tiers = [tier for tier in row["tiers"] if tier["expected"]]
    rows = [(tier_name(t["tier"]), *[t[name] for _, name, _ in names]) for t in tiers]
    rows.append(("Cộng", *[sum(tier[name] for tier in tiers) for _, name, _ in names]))
    day = day_said(row["reference_date"])
    return Table(
        title=f"Tiến độ gửi báo cáo, {row['title'].lower()}",
        columns=columns,
        rows=tuple(rows),
        totals=(-1,),
        unit="đơn vị",
        note=f"Danh sách đơn vị xác định tại ngày {day}.",
    )


def missing(row) -> list[dict]:
    return [unit for unit in row["absent"] if unit["state"] != "submitted"]


def _absent_words(row):
    """The missing units by name, group by group; then those sent and not yet accepted."""
    points = []
    for tier, units in groupby(missing(row), key=lambda unit: unit["tier"]):
        points.append(_named(tier_name(tier), list(units), row))
    if points:
        yield Paragraph(f"Đơn vị chưa có {row['title'].lower()}:")
        yield Bullets(tuple(points))
    elif row["tiers"]:
        yield Paragraph(f"Tất cả đơn vị thuộc diện báo cáo đã gửi {row['title'].lower()}.")
    waiting = [unit for unit in row["absent"] if unit["state"] == "submitted"]
    if waiting:
        lines = [
            _named(tier_name(tier), list(units), row)
            for tier, units in groupby(waiting, key=lambda unit: unit["tier"])
        ]
        yield Paragraph("Đã gửi nhưng chưa được nhận, số liệu chưa tính vào báo cáo này:")
        yield Bullets(tuple(lines))


def _named(tier, units, row) -> str:
    if len(units) > NAMED_IN_TEXT:
        return f"{tier}: {len(units)} đơn vị, danh sách ở phụ lục {absent_title(row).lower()}"
    return f"{tier} ({len(units)}): {joined(unit_words(unit) for unit in units)}"


def unit_words(unit) -> str:
    """A commune is told with its district: names repeat across districts."""
    where = f" ({unit['above']})" if unit["tier"] in ("commune", "village", "enterprise") else ""
    return f"{unit['name']}{where}"


def absent_title(row) -> str:
    return f"Đơn vị chưa có báo cáo được nhận năm {row['year']}"


def absent_table(row) -> Table:
    """Every unit without an accepted report."""
    columns = (
        Column("TT", "order", width=5),
        Column("Nhóm đơn vị", width=22),
        Column("Đơn vị", width=30),
        Column("Thuộc", width=25),
        Column("Tình trạng", width=18, meaning="Trạng thái báo cáo lúc chốt", source=REGISTER),
    )
    rows = tuple(
        (place, tier_name(u["tier"]), u["name"], u["above"], u["state_label"])
        for place, u in enumerate(row["absent"], start=1)
    )
    return Table(absent_title(row), columns, rows)


def long_lists(snapshot) -> list[dict]:
    """The periods with a group too long to be named in the text."""
    return [
        row
        for row in snapshot["completeness"]
        if any(
            len(list(units)) > NAMED_IN_TEXT
            for _, units in groupby(row["absent"], key=lambda unit: unit["tier"])
        )
    ]
