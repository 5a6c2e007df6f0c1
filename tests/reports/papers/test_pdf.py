from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.papers import pdf
from reports.papers.content import content
from reports.papers.model import Annex, Heading, Paragraph
from tests.reports.papers import samples
from tests.reports.papers.samples import squeezed


def opened(paper):
    return PdfReader(BytesIO(pdf.pdf(paper)))


def text_of(reader):
    return squeezed("".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("make", [samples.report, samples.decision, samples.letter])
def test_every_word_of_the_content_is_in_the_file(make):
    paper = make()
    text = text_of(opened(paper))

    assert [w for w in samples.words(content(paper)) if squeezed(w) not in text] == []


def test_body_comes_in_the_order_of_the_content():
    text = text_of(opened(samples.report()))
    parts = [squeezed(part["text"]) for part in content(samples.report())["blocks"][:4]]

    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_hostile_words_survive():
    text = text_of(opened(samples.hostile()))
    plain = squeezed(samples.HOSTILE.partition(" 😀")[0])  # our typefaces have no pictures

    assert text.count(plain) > 20


def test_the_same_paper_gives_the_same_bytes():
    assert pdf.pdf(samples.report()) == pdf.pdf(samples.report())
    assert pdf.pdf(samples.decision()) == pdf.pdf(samples.decision())


def test_the_file_is_tagged_and_named_in_vietnamese():
    reader = opened(samples.report())
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "vi-VN"
    assert reader.metadata.title == "BÁO CÁO Kết quả thực hiện Phong trào thi đua năm 2023"
    assert reader.metadata.author == "Sở Lao động - Thương binh và Xã hội"


def test_a_dated_paper_keeps_to_the_archive_standard():
    dated, draft = pdf.pdf(samples.report()), pdf.pdf(samples.decision())

    assert b"<pdfuaid:part>1<" in dated
    assert b"<pdfaid:part>2<" in dated
    assert b"<pdfuaid:part>1<" in draft
    assert b"<pdfaid:part>" not in draft


def test_the_day_of_the_paper_is_the_day_of_the_file():
    assert str(opened(samples.report()).metadata.creation_date)[:10] == "2023-12-05"
    assert opened(samples.decision()).metadata.creation_date is None


def test_a_letter_missing_from_the_typeface_is_no_failure():
    paper = samples.letter(blocks=(Paragraph("ký hiệu \U000e0041 lạ 漢字 😀 ☑"),))

    assert "kýhiệu" in text_of(opened(paper))


def test_appendices_start_pages_of_their_own_turned_as_asked():
    reader = opened(samples.report())
    sides = [(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages]

    assert sides[-2:] == [(842, 595), (595, 842)]
    assert reader.pages[-2].extract_text().lstrip().startswith("Phụ lục I")


def test_pages_are_numbered_from_the_second_of_each_part():
    long = (Heading(1, "I. Dài"), *(Paragraph("Một đoạn văn. " * 60) for _ in range(12)))
    paper = replace(samples.report(), blocks=long, annexes=(Annex("Dài", long), Annex("Ngắn")))
    tops = [page.extract_text().split()[0] for page in opened(paper).pages]

    first = tops.index("Phụ")
    assert tops[1:first] == [str(n) for n in range(2, first + 1)]
    assert tops[first + 1] == "2"
    assert tops[-1] == "Phụ"


def test_header_rows_repeat_on_every_page_of_a_long_table():
    grid = samples.table(rows=samples.ROWS * 100, totals=())
    pages = opened(samples.report(blocks=(grid,), annexes=())).pages

    assert len(pages) > 5
    assert all("Huyện, thành phố" in page.extract_text() for page in pages[:-1])


def test_chart_drawings_carry_their_words():
    drawn = [b for b in pdf.values(samples.report())["blocks"] if b["kind"] == "chart"]

    assert drawn[0]["alt"] == "Tỷ lệ năm 2022 là 1,52%"
    assert drawn[0]["width"] <= 165
    assert drawn[0]["svg"].startswith("<svg")
