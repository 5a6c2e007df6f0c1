"""A paper as a PDF to read and keep: the words of ``content`` in the layout ``paper.typ``.

The words travel as JSON beside the layout, never inside it, so that no name can become markup.
The file is tagged (PDF/UA-1); once the paper is dated it is also fit for the archive (PDF/A-2a).
"""

import json
from pathlib import Path

import typst

from reports.papers import charts
from reports.papers.content import LANDSCAPE_WIDTH, TEXT_WIDTH, content
from reports.papers.fonts import FONTS
from reports.papers.model import Paper

LAYOUT = Path(__file__).resolve().parent.parent / "layouts" / "paper.typ"
CHART_HEIGHT = 110  # mm at most, so that title, chart and note share a page


def pdf(paper: Paper) -> bytes:
    """The file; the same paper gives the same bytes."""
    inputs = {"paper": json.dumps(values(paper), ensure_ascii=False)}
    return printed(LAYOUT, inputs, ["ua-1", "a-2a"] if paper.date else ["ua-1"])


def printed(layout: Path, inputs: dict[str, str], standards: list[str]) -> bytes:
    """A layout with its words as a PDF after the standards, where our typeface has every sign."""
    try:
        return _compile(layout, inputs, pdf_standards=standards)
    except typst.TypstError as refusal:
        if "standard" not in str(refusal) and "PDF/" not in str(refusal):
            raise
        # A sign our typeface lacks, such as an emoji: the standards forbid it, people type it.
        return _compile(layout, inputs)


def values(paper: Paper) -> dict:
    """What the layout reads: ``content`` with drawings, and the words about the file itself."""
    words = content(paper)
    for annex in words["annexes"]:
        width = LANDSCAPE_WIDTH if annex["landscape"] else TEXT_WIDTH
        annex["blocks"] = [_drawn(block, width) for block in annex["blocks"]]
    day, width = paper.date, LANDSCAPE_WIDTH if paper.landscape else TEXT_WIDTH
    return {
        **words,
        "blocks": [_drawn(block, width) for block in words["blocks"]],
        "issued": [day.year, day.month, day.day] if day else None,
    }


def _compile(layout, inputs, **options):
    return typst.compile(
        layout.read_bytes(),
        root=layout.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        **options,
    )


def _drawn(block, width):
    if block["kind"] != "chart":
        return block
    spec = block["spec"]
    wide, high = charts.size(spec)
    scale = min(width / wide, CHART_HEIGHT / high)
    drawing = {"svg": charts.svg(spec), "width": wide * scale, "height": high * scale}
    return {**block, "alt": block["alt"] or block["title"], "spec": None, **drawing}
