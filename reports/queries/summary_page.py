"""What the page of a summary prints: its parts with their sources, and what is still missing.

A draft shows the figures as the database stands now, a frozen summary those of its snapshot. The
tables are the paper's own, so the page and the paper say the same.
"""

from dataclasses import dataclass, field

from django.urls import reverse

from config import clock
from reports.documents.snapshot import compose
from reports.documents.summary import annexes, goals, honours, progress, results
from reports.documents.summary.reading import day_said, figure, heading_titles, joined, years_of
from reports.papers import charts, content, tables

NAMED = 12
"""A warning names that many units and counts the rest."""


def snapshot_of(summary) -> dict:
    """The frozen content, or what would be frozen now."""
    return summary.snapshot or compose(summary.period, now=clock.now(), summary=summary)


# Warnings


def warnings(snapshot) -> list[str]:
    """What is missing or preliminary: told before the freeze, never in its way."""
    return [
        *_missing_reports(snapshot),
        *_waiting_reports(snapshot),
        *_reviews(snapshot),
        *_rankings(snapshot),
    ]


def _missing_reports(snapshot):
    for row in snapshot["completeness"]:
        if units := progress.missing(row):
            yield f"{row['title']}: {len(units)} đơn vị chưa có báo cáo: {_names(units)}."


def _waiting_reports(snapshot):
    for row in snapshot["completeness"]:
        waiting = [unit for unit in row["absent"] if unit["state"] == "submitted"]
        if waiting:
            yield (
                f"{row['title']}: {len(waiting)} báo cáo đã gửi, chưa được nhận nên chưa tính: "
                f"{_names(waiting)}."
            )


def _names(units) -> str:
    left = len(units) - NAMED
    more = f"; và {left} đơn vị khác" if left > 0 else ""
    return joined(progress.unit_words(unit) for unit in units[:NAMED]) + more


def _reviews(snapshot):
    for year in snapshot["poverty"]:
        total = year["total"]
        if total["counts"] is None:
            yield f"Chưa có kết quả rà soát hộ nghèo năm {year['year']}."
        elif total["reported"] < total["expected"]:
            yield (
                f"Kết quả rà soát năm {year['year']} mới có {total['reported']}/"
                f"{total['expected']} xã, phường, thị trấn."
            )
        elif year["stage"] != "official":
            yield f"Kết quả rà soát năm {year['year']} là số {year['stage_label']}."


def _rankings(snapshot):
    ranked = {ranking["year"] for ranking in snapshot["rankings"]}
    for year in years_of(snapshot):
        if year not in ranked:
            yield f"Chưa công bố bảng xếp hạng nào của năm {year}."


# Parts


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class PagePart:
    """One computed part: its tables as the paper has them, where they come from, where to look."""

    key: str
    title: str
    source: str
    tables: list[dict] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    empty: str = ""


def parts(snapshot) -> list[PagePart]:
    """The computed parts in the order of the paper, but for the indicators: ``indicator_lines``."""
    return [
        _goals(snapshot),
        _poverty(snapshot),
        _progress(snapshot),
        _honours(snapshot),
        _annexes(snapshot),
    ]


def _goals(snapshot) -> PagePart:
    shown = [goals.goals_table(snapshot)] if snapshot["goals"] else []
    shown += [goals.pair_table(g) for g in snapshot["goals"] if len(g["parts"]) > goals.SAID_PARTS]
    return PagePart(
        key="muc-tieu",
        title="Mục tiêu của Kế hoạch",
        source=joined(dict.fromkeys(g["source"] for g in snapshot["goals"] if g["source"])),
        tables=[printed(table) for table in shown],
        empty="Kế hoạch chưa khai báo mục tiêu.",
    )


def _poverty(snapshot) -> PagePart:
    known = [year for year in snapshot["poverty"] if year["total"]["counts"]]
    page = reverse("units:poverty")
    return PagePart(
        key="ho-ngheo",
        title="Kết quả giảm nghèo",
        source="Kết quả rà soát hộ nghèo hằng năm, cộng từ từng xã, phường, thị trấn",
        tables=[printed(results.district_table(snapshot))] if known else [],
        links=[Link(f"Từng xã, năm {y['year']}", f"{page}?nam={y['year']}") for y in known],
        empty="Chưa có kết quả rà soát hộ nghèo.",
    )


def _progress(snapshot) -> PagePart:
    rows = list(reversed(snapshot["completeness"]))
    page = reverse("reports:progress")
    return PagePart(
        key="tien-do",
        title="Tiến độ báo cáo",
        source="Sổ đơn vị ngày xác định của kỳ và báo cáo trên cổng",
        tables=[printed(progress.completeness_table(row)) for row in rows],
        links=[Link(f"Từng đơn vị, năm {r['year']}", f"{page}?ky={r['code']}") for r in rows],
        empty="Kỳ này không có báo cáo năm của đơn vị.",
    )


def _honours(snapshot) -> PagePart:
    shown = [honours.awards_table(snapshot)] if snapshot["awards"] else []
    if snapshot.get("decided"):
        shown.append(honours.decided_table(snapshot))
    links = [
        Link(
            f"Xếp hạng {honours.ranking_name(r)}",
            reverse("criteria:ranking", args=[r["ranking_id"]]),
        )
        for r in snapshot["rankings"]
    ]
    return PagePart(
        key="thi-dua",
        title="Xếp hạng, khen thưởng",
        source="Bảng xếp hạng đã công bố; biểu B6 của báo cáo đã nhận; quyết định ghi trong cổng",
        tables=[printed(table) for table in shown],
        links=links,
        empty="" if links else "Chưa công bố xếp hạng; báo cáo đã nhận không ghi khen thưởng.",
    )


def _annexes(snapshot) -> PagePart:
    shown = []
    for annex in snapshot["annexes"]:
        if annex["by_tier"]:
            shown.append(annexes.tier_totals(annex))
        if annex["groups"] and annex["group_columns"] != ["unit"]:
            shown.append(annexes.group_table(annex))
    return PagePart(
        key="bieu",
        title="Phụ biểu B2–B7",
        source="Biểu của các báo cáo đã nhận; chi tiết từng dòng ở tệp Excel",
        tables=[printed(table) for table in shown],
        empty="Các báo cáo đã nhận chưa có phụ biểu.",
    )


def printed(table) -> dict:
    """A table of the paper for a page: cells with their alignment, the first text a row's head."""
    words = tables.table(table)
    head = next((n for n, align in enumerate(words["aligns"]) if align == "left"), None)
    rows = [
        {
            "total": row["total"],
            "cells": [
                {"text": text, "num": align == "right", "head": place == head}
                for place, (text, align) in enumerate(
                    zip(row["cells"], words["aligns"], strict=True)
                )
            ],
        }
        for row in words["rows"]
    ]
    header = _header(words["header"], words["aligns"])
    names = ("title", "unit", "note")
    return {**{name: words[name] for name in names}, "header": header, "rows": rows}


def _header(rows, aligns) -> list[list[dict]]:
    """Heads of figures stand over their figures: each head with the alignment of its column."""
    place, below, upper = 0, [], []
    for cell in rows[0]:
        spanned = range(place, place + cell["columns"])
        plain = cell["columns"] == 1
        upper.append({**cell, "num": plain and aligns[place] == "right"})
        below += [] if cell["rows"] == len(rows) else spanned
        place += cell["columns"]
    if len(rows) == 1:
        return [upper]
    lower = [
        {**cell, "num": aligns[column] == "right"}
        for cell, column in zip(rows[1], below, strict=True)
    ]
    return [upper, lower]


# Indicators and what they were added from


@dataclass(frozen=True)
class IndicatorLine:
    code: str
    label: str
    unit: str
    heading: str
    values: list
    total: object
    opens: bool


def indicator_lines(snapshot) -> list[IndicatorLine]:
    """The indicators that add up, with a heading where a new section of the outline begins."""
    years, titles, last = years_of(snapshot), heading_titles(snapshot), None
    found = []
    for row in snapshot["indicators"]:
        if row["rollup"] == "none":
            continue
        heading = titles.get(row["section"], "Chỉ tiêu khác") if row["section"] != last else ""
        last = row["section"]
        values = [figure(row["by_year"].get(str(year))) for year in years]
        line = (row["code"], row["label"], row["unit"], heading)
        found.append(IndicatorLine(*line, values, figure(row["total"]), bool(row["parts"])))
    return found


@dataclass(frozen=True)
class SumPart:
    """What one report contributed: unit, year, value, and the sending it was read from."""

    year: int
    unit: str
    tier: str
    value: object
    report_id: int
    receipt: str
    accepted_on: str


def opened_sum(snapshot, code) -> tuple[dict, list[SumPart]] | None:
    """An indicator of the snapshot and the reports its sums were added from; None: no such one."""
    row = next((row for row in snapshot["indicators"] if row["code"] == code), None)
    if row is None:
        return None
    sources = {source["report_id"]: source for source in snapshot["sources"]}
    return row, [_sum_part(part, sources[part["report_id"]]) for part in row["parts"]]


def _sum_part(part, source) -> SumPart:
    return SumPart(
        year=part["year"],
        unit=source["unit"],
        tier=source["tier"],
        value=figure(part["value"]),
        report_id=part["report_id"],
        receipt=source["receipt"],
        accepted_on=day_said(source["accepted_at"]),
    )


# The whole paper on a page


def reading(paper) -> dict:
    """The words of the paper for a page: the same content as the files, drawings as images."""
    words = content.content(paper)
    annex_sources = [annex.blocks for annex in paper.annexes]
    return {
        **words,
        "blocks": _shown(paper.blocks),
        "annexes": [
            {**annex, "blocks": _shown(blocks)}
            for annex, blocks in zip(words["annexes"], annex_sources, strict=True)
        ],
    }


def _shown(blocks) -> list[dict]:
    shown = []
    for block in blocks:
        if hasattr(block, "columns"):
            shown.append({"kind": "table", "table": printed(block)})
            continue
        for words in content.blocks([block]):
            if words["kind"] == "chart":
                words = {**words, "image": charts.data_uri(words["spec"])}
            shown.append(words)
    return shown
