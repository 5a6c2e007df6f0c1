"""What changed between two versions of a report, readable by people."""

from dataclasses import dataclass


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
        *_compared(old["figures"], new["figures"], "label", "value"),
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


def _table(annex):
    lines = [
        "; ".join(
            f"{column['label']}: {row.get(column['name'], '') or '–'}"
            for column in annex["columns"]
        )
        for row in annex["rows"]
    ]
    return {"code": annex["code"], "title": f"Biểu {annex['code']}", "text": "\n".join(lines)}


def _answers(content):
    for answer in content["checklist"]["answers"]:
        files = ", ".join(item["name"] for item in answer["evidence"])
        said = " ".join(
            part for part in (answer["grade_label"], answer["value"], answer["explanation"]) if part
        )
        text = f"{said} [minh chứng: {files}]" if files else said
        yield {"code": answer["clause"], "title": answer["clause"], "text": text}
