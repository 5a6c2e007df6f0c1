"""A paper as a Word file to edit: the words of ``content`` in the layout ``paper.docx``."""

from functools import cache
from io import BytesIO
from pathlib import Path

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from reports.papers import charts
from reports.papers.content import HEAD_LEFT, HEAD_RIGHT, LANDSCAPE_WIDTH, TEXT_WIDTH, content
from reports.papers.model import Paper
from reports.papers.packaging import stable

LAYOUTS = Path(__file__).resolve().parent.parent / "layouts"
MOTTO_WIDTH = 60.4  # mm: the motto at 14 points bold, measured
CHART_MARGIN = 4  # mm, for Word counts the line around a picture too
CHART_HEIGHT = 110  # mm at most, so that title, chart and note share a page
TWIPS = 1440 / 25.4  # to the millimetre
NOT_PRINTED = ("document", "author", "landscape")


def docx(paper: Paper) -> bytes:
    """The file; the same paper gives the same bytes."""
    template = DocxTemplate(LAYOUTS / "paper.docx")
    template.render_init()
    words = content(paper)
    template.render(context(words, template), jinja_env=environment())
    _close_last_section(template.docx)
    if paper.landscape:
        _turn(template.docx)
    _properties(template.docx, words)  # only now: rendering would read tags in a title
    moment = f"{paper.date.isoformat()}T00:00:00Z" if paper.date else "2000-01-01T00:00:00Z"
    return stable(template, moment)


def context(words: dict, template: DocxTemplate) -> dict:
    """What the layout's tags may name: ``content`` with tables, pictures and lines drawn."""
    drawn = {name: part for name, part in words.items() if name not in NOT_PRINTED}
    title_rule = words["title_rule"]
    width = LANDSCAPE_WIDTH if words["landscape"] else TEXT_WIDTH
    wider = width / TEXT_WIDTH
    return {
        **drawn,
        "body_rule": _rule(words["body_rule"], HEAD_LEFT * wider),
        "motto_rule": _rule(MOTTO_WIDTH, HEAD_RIGHT * wider),
        "title_rule": _rule(title_rule, width) if title_rule else "",
        "blocks": [_drawn(block, width, template) for block in words["blocks"]],
        "annexes": [_annex(annex, template) for annex in words["annexes"]],
    }


@cache
def environment() -> SandboxedEnvironment:
    """Text is escaped, and a layout's tags reach no Python beyond their values."""
    return SandboxedEnvironment(autoescape=True)


@cache
def _grid():
    return environment().from_string((LAYOUTS / "table.xml").read_text(encoding="utf-8"))


def _annex(annex, template):
    width = LANDSCAPE_WIDTH if annex["landscape"] else TEXT_WIDTH
    return {**annex, "blocks": [_drawn(block, width, template) for block in annex["blocks"]]}


def _drawn(block, width, template):
    if block["kind"] == "table":
        return {**block, "grid": _table(block, width)}
    if block["kind"] == "chart":
        return {**block, "picture": _Picture(block, width, template)}
    return block


def _table(block, width):
    grid = [round(share / 100 * width * TWIPS) for share in block["widths"]]
    header = [_header_row(row, grid) for row in _continued(block["header"])]
    return Markup(_grid().render({**block, "grid": grid, "header": header}))  # noqa: S704  # escaped


def _continued(header):
    """Word wants a cell in each row: what spans two rows goes on, empty, in the second."""
    if len(header) == 1:
        return header
    upper, lower = header
    below, second = iter(lower), []
    for cell in upper:
        goes_on = {"text": "", "columns": 1, "rows": 1, "merge": "on"}
        second += [goes_on] if cell["rows"] > 1 else [next(below) for _ in range(cell["columns"])]
    return [upper, second]


def _header_row(cells, grid):
    row, place = [], 0
    for cell in cells:
        end = place + cell["columns"]
        merge = "start" if cell["rows"] > 1 else cell.get("merge", "")
        row.append({**cell, "merge": merge, "width": sum(grid[place:end])})
        place = end
    return row


def _rule(length, room):
    """An empty low line whose border beneath, ``length`` mm wide, is the line to be drawn."""
    side = round((room - length) / 2 * TWIPS)
    return Markup(  # noqa: S704  # numbers only
        '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        '</w:pBdr><w:spacing w:before="0" w:after="120" w:line="60" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/><w:rPr><w:sz w:val="2"/>'
        "</w:rPr></w:pPr></w:p>"
    )


class _Picture:
    """A chart inside a line of text, with the words for those who cannot see it."""

    def __init__(self, block, width, template):
        self.block, self.width, self.template = block, width, template

    def __html__(self):
        wide, high = charts.size(self.block["spec"])
        scale = min((self.width - CHART_MARGIN) / wide, CHART_HEIGHT / high)
        part = self.template.docx.part
        image = BytesIO(charts.png(self.block["spec"]))
        inline = part.new_pic_inline(image, Mm(wide * scale), Mm(high * scale))
        inline.docPr.set("descr", self.block["alt"] or self.block["title"])
        return f"</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t>"


def _close_last_section(document):
    """The break that ends the last appendix becomes the document's own end: no empty page."""
    body = document.element.body
    end = body.sectPr
    last = end.getprevious()
    inner = last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if inner is not None:
        body.replace(end, inner)
        body.remove(last)


def _turn(document):
    """A paper that is one wide table lies; its head and foot spread over the new width."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for table in (document.tables[0], document.tables[-1]):
        for column in table.columns:
            column.width = round(column.width * LANDSCAPE_WIDTH / TEXT_WIDTH)
            for cell in column.cells:
                cell.width = column.width


def _properties(document, words):
    properties = document.core_properties
    properties.title = words["document"][:255]
    properties.author = properties.last_modified_by = words["author"][:255]
    properties.language = "vi-VN"
    properties.comments = ""
