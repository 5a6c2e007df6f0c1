import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from reports.papers import word
from reports.papers.content import content
from reports.papers.model import Annex, Paragraph
from tests.reports.papers import samples
from tests.reports.papers.samples import squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(paper):
    return Document(BytesIO(word.docx(paper)))


def text_of(document):
    return squeezed("".join(node.text or "" for node in document.element.iter(f"{W}t")))


@pytest.mark.parametrize("make", [samples.report, samples.decision, samples.letter])
def test_every_word_of_the_content_is_in_the_file(make):
    paper = make()
    text = text_of(opened(paper))
    footer = content(paper)["footer"]

    missing = [w for w in samples.words(content(paper)) if squeezed(w) not in text and w != footer]
    assert missing == []


def test_the_layout_names_what_the_context_gives():
    template = DocxTemplate(word.LAYOUTS / "paper.docx")
    named = template.get_undeclared_template_variables(word.environment())

    assert named == set(word.context(content(samples.report()), template))


def test_hostile_words_survive_unchanged():
    document = opened(samples.hostile())

    assert text_of(document).count(squeezed(samples.HOSTILE)) > 20
    assert document.core_properties.title.startswith(samples.HOSTILE[:60])


def test_the_same_paper_gives_the_same_bytes():
    assert word.docx(samples.report()) == word.docx(samples.report())


def test_paper_margins_and_turned_appendix():
    main, lying, standing = opened(samples.report()).sections

    assert [round(side.mm) for side in (main.page_width, main.page_height)] == [210, 297]
    assert [
        round(side.mm)
        for side in (main.top_margin, main.bottom_margin, main.left_margin, main.right_margin)
    ] == [20, 20, 30, 15]
    assert (lying.orientation, standing.orientation) == (WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT)
    assert lying.page_width > lying.page_height


def test_each_appendix_counts_its_own_pages_and_hides_the_first():
    main, *appendices = opened(samples.report()).sections
    starts = [s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for s in appendices]

    assert main._sectPr.find(qn("w:pgNumType")) is None
    assert starts == ["1", "1"]
    assert all(s.different_first_page_header_footer for s in (main, *appendices))
    assert "PAGE" in main.header._element.xml
    assert main.first_page_header.paragraphs[0].text == ""


def test_no_empty_page_follows_the_last_appendix():
    body = opened(samples.report()).element.body

    assert body.sectPr.getprevious().find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None


def test_without_appendices_there_is_one_section():
    assert len(opened(samples.letter()).sections) == 1


def test_header_rows_of_a_table_repeat_and_figures_stand_right():
    grid = opened(samples.report()).tables[1]
    repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in grid.rows]

    assert [mark is not None for mark in repeated] == [True, True, False, False, False, False]
    assert grid.rows[2].cells[4].text == "1.234.567,5"
    assert grid.rows[2].cells[4].paragraphs[0].alignment == 2
    assert grid.rows[0].cells[2].text == grid.rows[0].cells[3].text == "Hộ nghèo"
    assert grid.rows[1].cells[0].text == "TT"


def test_the_last_row_is_bold_and_only_it():
    rows = opened(samples.report()).tables[1].rows

    assert [row.cells[1].paragraphs[0].runs[0].bold for row in rows[2:]] == [None, None, None, True]


def test_a_chart_is_a_picture_with_words():
    document = opened(samples.report())

    assert [s._inline.docPr.get("descr") for s in document.inline_shapes] == [
        "Tỷ lệ năm 2022 là 1,52%"
    ]
    assert document.inline_shapes[0].width.mm <= 165


def test_headings_are_headings():
    styles = {p.text: p.style.name for p in opened(samples.report()).paragraphs}

    assert styles["I. KẾT QUẢ"] == "Heading 1"


def test_draft_mark_stands_framed_and_at_the_foot():
    draft, final = (opened(samples.report(draft=draft)) for draft in (True, False))

    assert "w:bdr" in draft.tables[0].rows[1].cells[0]._tc.xml
    assert "w:bdr" not in final.tables[0].rows[1].cells[0]._tc.xml
    for part in (draft.sections[0].footer, draft.sections[0].first_page_footer):
        assert part.paragraphs[0].text.startswith("DỰ THẢO – Mã số liệu chốt: 3f2a")


def test_two_thousand_rows_are_all_there():
    row = samples.ROWS[0]
    grid = samples.table(rows=(row,) * 2000, totals=())

    xml = zipfile.ZipFile(BytesIO(word.docx(samples.report(blocks=(grid,), annexes=())))).read(
        "word/document.xml"
    )
    assert xml.count(b"1.234.567,5") == 2000


def test_a_table_without_rows_and_an_appendix_without_words():
    paper = replace(samples.report(), blocks=(samples.table(rows=()),), annexes=(Annex(""),))

    assert [len(t.rows) for t in opened(paper).tables] == [2, 2, 1]


def test_the_file_tells_its_title_body_and_day():
    properties = opened(samples.report()).core_properties

    assert properties.title == "BÁO CÁO Kết quả thực hiện Phong trào thi đua năm 2023"
    assert properties.author == "Sở Lao động - Thương binh và Xã hội"
    assert properties.created.isoformat()[:10] == "2023-12-05"
    assert properties.language == "vi-VN"


def test_tags_typed_by_a_person_are_not_obeyed():
    paper = samples.letter(blocks=(Paragraph("{{ ''.__class__ }} {%p if x %}"),))

    assert squeezed("{{ ''.__class__ }} {%p if x %}") in text_of(opened(paper))
