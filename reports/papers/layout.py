"""Draws ``reports/layouts/paper.docx``, the Word layout of every paper; never edit it by hand.

Run ``python -m reports.papers.layout`` after a change here. The layout holds the page, the
styles and the docxtpl tags; the words come from ``content``. Sizes after NĐ 30/2020/NĐ-CP,
Phụ lục I: A4, margins 20/20/30/15 mm, Times New Roman, body 14, head 13, recipients 11.
"""

from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor

from reports.papers.content import HEAD_LEFT, HEAD_RIGHT, TEXT_WIDTH
from reports.papers.packaging import stable

LAYOUT = Path(__file__).resolve().parent.parent / "layouts" / "paper.docx"
FONT = "Times New Roman"
CENTER, LEFT, RIGHT, JUSTIFY = ALIGN.CENTER, ALIGN.LEFT, ALIGN.RIGHT, ALIGN.JUSTIFY
INDENT = Cm(1.27)
ADDRESS_INDENT, ADDRESS_LABEL = 30, 18.5  # mm: dashes stand under the colon of “Kính gửi:”
SIGNING_ROOM = 70  # points left for hand and seal


class Look(NamedTuple):
    """A paragraph style: points for sizes and gaps, millimetres for ``left``."""

    align: int
    size: int = 14
    bold: bool = False
    italic: bool = False
    first: int = 0
    left: float = 0
    before: int = 0
    after: int = 0
    keep: bool = False


STYLES = {
    "Đầu văn bản": Look(CENTER, 13),
    "Đầu văn bản đậm": Look(CENTER, 13, bold=True),
    "Về việc": Look(CENTER, 12, before=6),
    "Tiêu ngữ": Look(CENTER, bold=True),
    "Địa danh": Look(CENTER, italic=True),
    "Tên loại": Look(CENTER, bold=True, before=18, keep=True),
    "Trích yếu": Look(CENTER, bold=True, keep=True),
    "Kính gửi": Look(CENTER, before=12, after=12),
    "Kính gửi nhiều": Look(LEFT, left=ADDRESS_INDENT, before=12, keep=True),
    "Nơi kính gửi": Look(LEFT, left=ADDRESS_INDENT + ADDRESS_LABEL),
    "Căn cứ": Look(JUSTIFY, italic=True, first=INDENT, after=6),
    "Thẩm quyền": Look(CENTER, bold=True, before=12, after=6, keep=True),
    "Gạch đầu dòng": Look(JUSTIFY, first=INDENT, after=6),
    "Trích dẫn": Look(JUSTIFY, italic=True, first=INDENT, left=10, after=6),
    "Nguồn trích dẫn": Look(RIGHT, 13, left=10, after=6),
    "Tên bảng": Look(CENTER, 13, bold=True, before=6, after=3, keep=True),
    "Đơn vị tính": Look(RIGHT, 12, italic=True, after=3, keep=True),
    "Ghi chú bảng": Look(LEFT, 12, italic=True, before=3, after=9),
    "Biểu đồ": Look(CENTER, 13, before=3, after=3),
    "Nơi nhận": Look(LEFT, 12, bold=True, italic=True, keep=True),
    "Danh sách nhận": Look(LEFT, 11),
    "Chữ ký": Look(CENTER, bold=True, keep=True),
    "Tên phụ lục": Look(CENTER, bold=True, keep=True),
    "Kèm theo": Look(CENTER, italic=True, after=9),
    "Số trang": Look(CENTER, 13),
    "Chân trang": Look(CENTER, 9, italic=True),
    "Cách quãng": Look(LEFT, 6),
}
HEADINGS = {
    "Heading 1": Look(JUSTIFY, bold=True, first=INDENT, before=6, after=6, keep=True),
    "Heading 2": Look(JUSTIFY, bold=True, first=INDENT, before=6, after=6, keep=True),
    "Heading 3": Look(JUSTIFY, bold=True, italic=True, first=INDENT, before=6, after=6, keep=True),
}


def build() -> Document:
    """The whole layout as a document."""
    document = Document()
    document._body.clear_content()
    _page(document.sections[0])
    _styles(document)
    _head(document)
    _opening(document)
    _blocks(document, "blocks")
    _closing(document)
    _annexes(document)
    return document


def _page(section):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].text = "{{ footer }}"
    section.first_page_header.is_linked_to_previous = False


def _page_number(paragraph):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}>{text}</w:instrText>"))


def _styles(document):
    normal = document.styles["Normal"]
    _font(normal, 14)
    shape = normal.paragraph_format
    shape.alignment, shape.first_line_indent = JUSTIFY, INDENT
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6), 1.1
    for name, look in STYLES.items():
        _style(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)
    for name, look in HEADINGS.items():
        _style(document.styles[name], look)
    for name, parts in (("Số trang", ["header"]), ("Chân trang", ["footer", "first_page_footer"])):
        for part in parts:
            getattr(document.sections[0], part).paragraphs[0].style = document.styles[name]
    outline = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>')
    document.styles["Tên phụ lục"].element.get_or_add_pPr().append(outline)


def _style(style, look):
    _font(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    shape = style.paragraph_format
    shape.alignment, shape.keep_with_next = look.align, look.keep
    shape.first_line_indent, shape.left_indent = look.first, Mm(look.left)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    if look.size < 14:
        shape.line_spacing = 1.0


def _font(style, size):
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "heme" in name:  # a theme's font would win over the name
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "vi-VN")
    style.element.rPr.append(language)


def _head(document):
    """Two rows, so that the number stands level with place and date."""
    left, right = _two_columns(document, HEAD_LEFT, HEAD_RIGHT)
    _tagged(left, "superior", "Đầu văn bản")
    _add(left, "{{ body }}", "Đầu văn bản đậm")
    _add(left, "{{p body_rule }}", "Đầu văn bản")
    _add(right, "{{ country }}", "Đầu văn bản đậm")
    _add(right, "{{ motto }}", "Tiêu ngữ")
    _add(right, "{{p motto_rule }}", "Đầu văn bản")
    left, right = _second_row(document.tables[-1])
    _add(left, "{{ number }}", "Đầu văn bản")
    _tagged(left, "subject", "Về việc")
    _add(left, "{%p if draft %}", "Đầu văn bản")
    mark = _add(left, "", "Đầu văn bản đậm")
    mark.paragraph_format.space_before = Pt(8)
    border = f'<w:bdr {nsdecls("w")} w:val="single" w:sz="8" w:space="2" w:color="000000"/>'
    mark.add_run(" {{ draft }} ")._r.get_or_add_rPr().append(parse_xml(border))
    _add(left, "{%p endif %}", "Đầu văn bản")
    _add(right, "{{ place_date }}", "Địa danh")


def _opening(document):
    _tagged(document, "kind", "Tên loại")
    _tagged(document, "title", "Trích yếu")
    _add(document, "{{p title_rule }}", "Trích yếu")
    _add(document, "{%p if addressees|length == 1 %}")
    _add(document, "Kính gửi: {{ addressees[0] }}", "Kính gửi")
    _add(document, "{%p elif addressees %}")
    _add(document, "Kính gửi:", "Kính gửi nhiều")
    _each(document, "addressee", "addressees", "- {{ addressee }}", "Nơi kính gửi")
    _add(document, "", "Cách quãng")
    _add(document, "{%p endif %}")
    _tagged(document, "decider", "Thẩm quyền")
    _each(document, "ground", "basis", "{{ ground }}", "Căn cứ")
    _tagged(document, "resolution", "Thẩm quyền")


def _blocks(document, name):
    """The loop over the body's blocks; each kind has its paragraph style."""
    _add(document, f"{{%p for block in {name} %}}")
    _add(document, "{%p if block.kind == 'paragraph' %}")
    paragraph = _add(document, "")
    paragraph.add_run("{% if block.lead %}{{ block.lead }} {% endif %}").bold = True
    paragraph.add_run("{{ block.text }}")
    for kind, text, style in (
        ("heading1", "{{ block.text }}", "Heading 1"),
        ("heading2", "{{ block.text }}", "Heading 2"),
        ("heading3", "{{ block.text }}", "Heading 3"),
        ("bullet", "- {{ block.text }}", "Gạch đầu dòng"),
        ("quote", "“{{ block.text }}”", "Trích dẫn"),
        ("source", "{{ block.text }}", "Nguồn trích dẫn"),
    ):
        _add(document, f"{{%p elif block.kind == '{kind}' %}}")
        _add(document, text, style)
    _add(document, "{%p else %}")
    _tagged(document, "block.title", "Tên bảng")
    _tagged(document, "block.unit", "Đơn vị tính", "Đơn vị tính: {{ block.unit }}")
    _add(document, "{%p if block.kind == 'table' %}")
    _add(document, "{{p block.grid }}")
    _add(document, "{%p else %}")
    _add(document, "{{ block.picture }}", "Biểu đồ")
    _add(document, "{%p endif %}")
    _tagged(document, "block.note", "Ghi chú bảng")
    _add(document, "{%p endif %}")
    _add(document, "{%p endfor %}")


def _closing(document):
    """Recipients left, signature right; minutes have a second signature above the recipients."""
    _add(document, "", "Cách quãng")
    left, right = _two_columns(document, TEXT_WIDTH / 2, TEXT_WIDTH / 2)
    _signature(left, "left_signature")
    _add(left, "{%p if recipients %}", "Nơi nhận")
    _add(left, "Nơi nhận:", "Nơi nhận")
    _each(left, "recipient", "recipients", "- {{ recipient }}", "Danh sách nhận")
    _add(left, "{%p endif %}", "Nơi nhận")
    _add(left, "", "Danh sách nhận")
    _signature(right, "signature")
    _add(right, "", "Danh sách nhận")


def _signature(cell, name):
    _add(cell, f"{{%p if {name} %}}", "Chữ ký")
    _tagged(cell, f"{name}.authority", "Chữ ký")
    _add(cell, f"{{{{ {name}.post }}}}", "Chữ ký")
    line = _add(cell, f"{{{{ {name}.name }}}}", "Chữ ký")
    line.paragraph_format.space_before = Pt(SIGNING_ROOM)
    line.paragraph_format.space_after = Pt(12)
    _add(cell, "{%p endif %}", "Chữ ký")


def _annexes(document):
    """Each appendix is a section that counts its own pages; ``word`` ends the last one."""
    _add(document, "{%p if annexes %}")
    _section(document, landscape=False)
    _add(document, "{%p endif %}")
    _add(document, "{%p for annex in annexes %}")
    _add(document, "{{ annex.label }}", "Tên phụ lục")
    _tagged(document, "annex.title", "Tên phụ lục")
    _add(document, "{{ annex.note }}", "Kèm theo")
    _blocks(document, "annex.blocks")
    _add(document, "{%p if annex.landscape %}")
    _section(document, landscape=True)
    _add(document, "{%p else %}")
    _section(document, landscape=False)
    _add(document, "{%p endif %}")
    _add(document, "{%p endfor %}")
    _upright(document.sections[-1], landscape=False)


def _section(document, *, landscape):
    """End the current section here, as it lies; what follows starts on a new page."""
    _upright(document.sections[-1], landscape=landscape)
    document.add_section(WD_SECTION.NEW_PAGE)
    first = document.sections[-1]._sectPr.find(qn("w:pgNumType"))
    if first is None:
        number = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
        document.sections[-1]._sectPr.find(qn("w:pgMar")).addnext(number)


def _upright(section, *, landscape):
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)


def _two_columns(document, left, right):
    """Two cells side by side without lines, never torn apart by a page's end."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    none = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{none}</w:tblCellMar>")
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # Word minds the order
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, cell, width in zip(table.columns, table.rows[0].cells, (left, right), strict=True):
        column.width = cell.width = Mm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return table.rows[0].cells


def _second_row(table):
    cells = table.add_row().cells
    for cell in cells:
        cell._tc.remove(cell.paragraphs[0]._p)
    return cells


def _add(parent, text, style=None):
    return parent.add_paragraph(text, style)


def _tagged(parent, name, style, text=None):
    """A paragraph that is there only when ``name`` has words."""
    _add(parent, f"{{%p if {name} %}}", style)
    _add(parent, text or f"{{{{ {name} }}}}", style)
    _add(parent, "{%p endif %}", style)


def _each(parent, name, names, text, style):
    _add(parent, f"{{%p for {name} in {names} %}}", style)
    _add(parent, text, style)
    _add(parent, "{%p endfor %}", style)


def main():
    """Write the layout file; the same code writes the same bytes."""
    LAYOUT.parent.mkdir(exist_ok=True)
    LAYOUT.write_bytes(stable(build()))


if __name__ == "__main__":
    main()
