"""Section II.2: the goals of the plan, how they stand, and the numbers behind them."""

from reports.documents.summary.reading import day_said, number, said
from reports.papers.model import Bullets, Column, Paragraph, Table
from units.poverty.figures import percent_of, rounded

SAID_PARTS = 2
"""A goal of more parts than that gets a table of its own."""


def goals(snapshot):
    if not snapshot["goals"]:
        yield Paragraph("Kế hoạch chưa khai báo mục tiêu.")
        return
    yield goals_table(snapshot)
    yield Bullets(tuple(_goal_words(goal) for goal in snapshot["goals"]))
    for goal in snapshot["goals"]:
        if len(goal["parts"]) > SAID_PARTS:
            yield pair_table(goal)


def goals_table(snapshot) -> Table:
    years = sorted({point["year"] for goal in snapshot["goals"] for point in goal["path"]})
    columns = (
        Column("Mã", width=5, meaning="Thứ tự mục tiêu ở mục I.1 của Kế hoạch"),
        Column("Mục tiêu", width=30, meaning="Nội dung mục tiêu", source="Kế hoạch"),
        Column("Mức phấn đấu", width=13, meaning="Ngưỡng và hạn", source="Kế hoạch"),
        *[
            Column(str(year), "decimal", "Kết quả qua các năm (%)", 7, meaning="Giá trị của năm")
            for year in years
        ],
        Column("Đánh giá", width=12, meaning="Xét trên số mới nhất, trước khi làm tròn"),
    )
    rows = []
    for goal in snapshot["goals"]:
        values = {point["year"]: number(point["value"]) for point in goal["path"]}
        rows.append(
            (
                goal["goal_code"],
                goal["goal_statement"],
                target_words(goal),
                *[values.get(year) for year in years],
                _capital(goal["state_label"]),
            )
        )
    note = "Ô trống: chưa có số liệu của năm đó, hoặc chưa đủ để tính."
    return Table("Mục tiêu của Kế hoạch", columns, tuple(rows), note=note)


def target_words(goal) -> str:
    """“dưới 0,5%, đến 31/12/2025”; a whole is simply “100%”."""
    target = said(goal["goal_target"], goal["goal_unit"])
    if goal["goal_direction"] == "below":
        target = f"dưới {target}"
    elif number(goal["goal_target"]) < 100:
        target = f"từ {target} trở lên"
    return f"{target}, đến {day_said(goal['goal_due'])}"


def _goal_words(goal) -> str:
    """One goal in a sentence, with the numbers it was computed from."""
    opening = f"{goal['goal_code']} ({goal['goal_clause']}): {goal['state_label']}"
    if goal["value"] is None:
        return f"{opening}. {goal['note']}".strip()
    parts = " (mức thấp nhất trong các nội dung ở bảng dưới)"
    if len(goal["parts"]) <= SAID_PARTS:
        told = (f"{part['label']}: {said(part['value'], part['unit'])}" for part in goal["parts"])
        parts = f" ({'; '.join(told)})"
    value = said(goal["value"], goal["goal_unit"])
    note = f" {goal['note']}" if goal["note"] else ""
    return f"{opening}; năm {goal['year']}: {value}{parts}.{note}"


def pair_table(goal) -> Table:
    """A goal of several pairs: what was reached of what was due, pair by pair."""
    columns = (
        Column("TT", "order", width=4),
        Column("Nội dung", width=44),
        Column("Đơn vị tính", width=9),
        Column("Đã đạt", "int", width=10),
        Column("Thuộc diện", "int", width=10),
        Column("Tỷ lệ (%)", "percent", width=9),
    )
    pairs = zip(goal["parts"][::2], goal["parts"][1::2], strict=True)
    rows = tuple(
        (place, met["label"], met["unit"], *_pair_cells(number(met["value"]), number(due["value"])))
        for place, (met, due) in enumerate(pairs, start=1)
    )
    title = f"Mục tiêu {goal['goal_code']} theo từng nội dung, năm {goal['year']}"
    return Table(title, columns, rows)


def _pair_cells(met, due):
    return int(met), int(due), rounded(percent_of(met, due))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
