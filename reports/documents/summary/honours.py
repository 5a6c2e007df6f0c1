"""Section IV: published rankings; the awards that units reported and those the portal decided."""

from reports.documents.summary.reading import number, said
from reports.papers.model import Column, Heading, Paragraph, Table

SHOWN = 10
"""Of a long ranking that many places stand in the paper; the workbook has all."""

BOARD = "Bảng xếp hạng do Ban Thi đua - Khen thưởng công bố"
B6 = "Biểu B6 của báo cáo đã nhận"
LEDGER = "Quyết định ghi trong cổng, không tính khen thưởng đã hủy bỏ"


def honours(snapshot):
    yield Heading(2, "1. Xếp hạng thi đua")
    yield from _rankings(snapshot)
    yield Heading(2, "2. Khen thưởng trong phong trào")
    yield from _awards(snapshot)
    yield from _decided(snapshot)


def _rankings(snapshot):
    rankings = snapshot["rankings"]
    if not rankings:
        yield Paragraph("Chưa có bảng xếp hạng được công bố trong kỳ.")
        return
    newest = max(ranking["year"] for ranking in rankings)
    for ranking in rankings:
        if ranking["year"] == newest:
            yield ranking_table(ranking, shown=SHOWN)
    earlier = sorted({ranking["year"] for ranking in rankings} - {newest})
    if earlier:
        years = ", ".join(str(year) for year in earlier)
        yield Paragraph(f"Bảng xếp hạng đã công bố của năm {years}: xem tệp số liệu kèm theo.")


def ranking_name(ranking) -> str:
    group = (
        ranking["block"] or f"nhóm {ranking['tier_label'][:1].lower()}{ranking['tier_label'][1:]}"
    )
    return f"{group}, năm {ranking['year']}"


def ranking_table(ranking, shown=None) -> Table:
    scored = ranking["scored"]
    rows = (
        ranking["rows"][:shown] if shown and len(ranking["rows"]) > shown + 5 else ranking["rows"]
    )
    columns = [
        Column("Hạng", "order", width=7, meaning="Hạng công bố", source=BOARD),
        Column("Đơn vị", width=30),
    ]
    if scored:
        told = "Điểm Ban TĐKT chấm"
        columns.append(Column("Điểm", "decimal", width=9, meaning=told, source=BOARD))
    columns += [
        Column("Tiêu chí đạt", "int", width=9, meaning="Số tiêu chí đạt", source=BOARD),
        Column("Đạt một phần", "int", width=9, meaning="Số tiêu chí đạt một phần", source=BOARD),
        Column("Ghi chú", width=22, meaning="Đồng hạng, nộp muộn, lý do đổi hạng"),
    ]
    lines = tuple(
        (
            row["place"],
            row["name"],
            *([number(row["points"])] if scored else []),
            row["met"],
            row["partly"],
            _remarks(row),
        )
        for row in rows
    )
    return Table(
        f"Xếp hạng {ranking_name(ranking)}", tuple(columns), lines, note=_note(ranking, rows)
    )


def _remarks(row) -> str:
    said_ = []
    if row["tied"]:
        said_.append("đồng hạng")
    if not row["on_time"]:
        said_.append("nộp muộn")
    if row["place"] != row["computed_place"]:
        said_.append(f"hạng tính {row['computed_place']}, đổi vì: {row['reason']}")
    return "; ".join(said_)


def _note(ranking, rows) -> str:
    notes = []
    if len(rows) < len(ranking["rows"]):
        notes.append(f"Trích {len(rows)}/{len(ranking['rows'])} đơn vị, đủ trong tệp số liệu.")
    if not ranking["scored"]:
        notes.append("Xếp theo số tiêu chí đạt; Ban TĐKT không chấm điểm.")
    if ranking["note"]:
        notes.append(f"Công bố khi chưa chấm đủ: {ranking['note']}")
    return " ".join(notes)


def _awards(snapshot):
    if not snapshot["awards"]:
        yield Paragraph("Các báo cáo đã nhận không ghi hình thức khen thưởng nào trong kỳ.")
        return
    total = sum(number(row["count"]) for row in snapshot["awards"])
    yield Paragraph(
        f"Theo báo cáo đã nhận, trong kỳ có {said(total)} lượt tập thể, cá nhân, hộ gia đình, "
        "doanh nghiệp được khen thưởng, tính theo quyết định của chính đơn vị báo cáo."
    )
    yield awards_table(snapshot)


def _decided(snapshot):
    """Summaries that were composed before the portal held decisions say nothing of them."""
    if not snapshot.get("decided"):
        return
    total = sum(number(row["count"]) for row in snapshot["decided"])
    yield Paragraph(
        f"Theo quyết định ghi trong cổng, trong kỳ có {said(total)} lượt khen thưởng còn hiệu lực. "
        "Một khen thưởng có thể có ở cả hai nguồn nên không cộng hai bảng với nhau."
    )
    yield decided_table(snapshot)


def awards_table(snapshot) -> Table:
    """What units reported."""
    title = "Khen thưởng trong phong trào, theo báo cáo của đơn vị"
    return _table(title, snapshot["awards"], B6)


def decided_table(snapshot) -> Table:
    """What the portal's own decisions say."""
    title = "Khen thưởng trong phong trào, theo quyết định ghi trong cổng"
    return _table(title, snapshot["decided"], LEDGER)


def _table(title, awards, source) -> Table:
    """Form and recipient by year, their sum, and of the individuals direct workers, women, …"""
    years = sorted({row["year"] for row in awards})
    kinds = list(dict.fromkeys((row["form"], row["recipient"]) for row in _in_order(awards)))
    columns = (
        Column("Hình thức", width=30),
        Column("Đối tượng", width=14),
        *[_count(f"Năm {year}", "Lượt khen thưởng", source) for year in years],
        _count("Cộng", "Lượt khen thưởng cả kỳ", source),
        _count("Trực tiếp", "Lao động trực tiếp", source, "Trong đó"),
        _count("Nữ", "Nữ", source, "Trong đó"),
        _count("DTTS", "Người dân tộc thiểu số", source, "Trong đó"),
    )
    rows = [(*kind, *_award_cells(awards, years, kind)) for kind in kinds]
    rows.append(("Cộng", "", *_award_cells(awards, years)))
    return Table(title, columns, tuple(rows), totals=(-1,), unit="lượt")


def _count(header, meaning, source, group="") -> Column:
    return Column(header, "int", group, width=9, meaning=meaning, source=source)


def _in_order(awards):
    """The forms in their own order, whatever the year they first come up in."""
    return sorted(awards, key=lambda row: row["order"])


def _award_cells(awards, years, kind=None):
    rows = [row for row in awards if kind in (None, (row["form"], row["recipient"]))]
    by_year = [sum(number(r["count"]) for r in rows if r["year"] == year) for year in years]
    of_it = [sum(number(row[name]) for row in rows) for name in ("direct", "women", "ethnic")]
    return [int(value) for value in (*by_year, sum(by_year), *of_it)]
