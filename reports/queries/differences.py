"""What changed between two versions of a report, readable by people."""

from dataclasses import dataclass
from decimal import Decimal

from config.text import vn_number
from reports import annexes


@dataclass(frozen=True)
class Change:
    """One item that differs: where, what it said, what it says."""

    place: str
    before: str
    after: str


def between(old: dict, new: dict) -> list[Change]:
    """The changes from one frozen content to the next, in the order of the report."""
    return [
        *_compared(old["sections"], new["sections"], "title", "text"),
        *_compared(_figures(old), _figures(new), "label", "value"),
        *_compared(
            [_table(annex) for annex in old["annexes"]],
            [_table(annex) for annex in new["annexes"]],
            "title",
            "text",
        ),
        *_compared(_answers(old), _answers(new), "title", "text"),
    ]


def _compared(old, new, label, field):
    before = {item["code"]: item[field] for item in old}
    for item in new:
        was = before.get(item["code"])
        if was != item[field]:
            yield Change(item[label], was or "–", item[field] or "–")


def _said(value: str | None) -> str:
    """A kept number as people read it."""
    return vn_number(Decimal(value)) if value else ""


def _figures(content):
    return [{**figure, "value": _said(figure["value"])} for figure in content["figures"]]


def _table(annex):
    lines = [
        "; ".join(
            f"{column['label']}: {annexes.said(column, row.get(column['name'], '')) or '–'}"
            for column in annex["columns"]
        )
        for row in annex["rows"]
    ]
    return {"code": annex["code"], "title": f"Biểu {annex['code']}", "text": "\n".join(lines)}


def _answers(content):
    for answer in content["checklist"]["answers"]:
        files = ", ".join(item["name"] for item in answer["evidence"])
        said = " ".join(
            part
            for part in (answer["grade_label"], _said(answer["value"]), answer["explanation"])
            if part
        )
        text = f"{said} [minh chứng: {files}]" if files else said
        yield {"code": answer["clause"], "title": answer["clause"], "text": text}
