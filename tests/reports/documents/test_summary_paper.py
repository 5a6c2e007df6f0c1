"""The paper and the workbook of a summary: what they say, and that names come through whole."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.documents import files
from reports.documents.snapshot import compose
from reports.documents.summary import Signing, collect
from reports.papers.model import Chart
from tests.factories.campaign import GoalFactory
from tests.factories.criteria import RankingFactory, RankingRowFactory
from tests.factories.summaries import SUMMED_UP, indicators, reported, scene, written
from tests.factories.units import DistrictFactory
from units.kinds import Kind
from units.models import Unit

pytestmark = pytest.mark.django_db
ODD = "Huyện A & B <c> 😀"


@pytest.fixture
def place():
    found = scene()
    GoalFactory(campaign=found.campaign, code="T1", baseline_year=2022)
    indicators(found.campaign, "tien")
    Unit.objects.filter(pk=found.districts[0][0].pk).update(name=ODD)
    reported(found.year, Unit.objects.get(name=ODD), {"tien": 12})
    ranking = RankingFactory(period=found.year.period, published=True)
    RankingRowFactory(ranking=ranking, unit=found.districts[0][0], place=1)
    return found


@pytest.fixture
def snapshot(place):
    return compose(place.interim, now=SUMMED_UP, summary=written(place))


def words(paper) -> str:
    return repr(paper)


def docx_text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_paper_has_its_parts_in_order(snapshot):
    paper = collect(snapshot, Signing())

    headings = [block.text for block in paper.blocks if getattr(block, "level", 0) == 1]
    assert [text.split(".")[0] for text in headings] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert paper.annexes[0].title.startswith("Biểu B1")
    assert all(annex.landscape for annex in paper.annexes)


def test_plan_number_and_clause_stand_in_the_opening(snapshot, place):
    opening = collect(snapshot, Signing()).blocks[0].text

    assert "Kế hoạch số 166/KH-UBND ngày 29 tháng 6 năm 2022" in opening
    assert "(mục IV.3)" in opening


def test_three_charts_are_drawn_with_words_for_who_cannot_see_them(snapshot):
    charts = [b for b in collect(snapshot, Signing()).blocks if isinstance(b, Chart)]

    assert len(charts) == 3
    assert all(ODD in chart.alt or "%" in chart.alt or "đã gửi" in chart.alt for chart in charts)


def test_missing_units_are_named(snapshot, place):
    missing = place.districts[1][0].name

    text = docx_text(files.render(snapshot, Signing(), "docx"))

    assert f"Huyện, thành phố (1): {missing}" in text


def test_until_it_is_signed_the_paper_is_a_draft_with_blanks(snapshot):
    paper = collect(snapshot, Signing(snapshot="a" * 64))

    assert paper.draft
    assert (paper.number, paper.date) == ("", None)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_the_same_snapshot_gives_the_same_bytes(snapshot, form):
    first, second = (files.render(snapshot, Signing(), form) for _ in range(2))

    assert first == second


def test_an_odd_name_comes_through_to_word(snapshot):
    text = docx_text(files.render(snapshot, Signing(), "docx"))

    assert ODD in text
    assert "Sở Lao động & Xã hội <thử> 😀" in text


def test_an_odd_name_comes_through_to_pdf(snapshot):
    reader = PdfReader(BytesIO(files.render(snapshot, Signing(), "pdf")))

    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Huyện A & B <c>" in " ".join(text.split())


def test_an_odd_name_comes_through_to_excel_and_figures_stay_figures(snapshot):
    book = load_workbook(BytesIO(files.render(snapshot, Signing(), "xlsx")))

    assert {"Mục tiêu của Kế hoạch", "B1 năm 2023", "Báo cáo làm nguồn", "Giải thích"} <= set(
        book.sheetnames
    )
    rows = list(book["Số liệu từng báo cáo"].iter_rows(min_row=5, values_only=True))
    assert rows[0][1] == ODD
    assert 12 in rows[0]


def test_the_figures_of_the_paper_are_those_of_the_review(snapshot):
    text = docx_text(files.render(snapshot, Signing(), "docx"))

    assert "Cuối năm 2023, toàn tỉnh có 80 hộ nghèo, chiếm 2%" in text  # 4 communes, 20 of 1000


def test_without_reports_and_reviews_there_is_still_a_paper():
    place = scene(reviewed=())
    snapshot = compose(place.interim, now=SUMMED_UP)

    for form in files.FORMATS:
        assert len(files.render(snapshot, Signing(), form)) > 1000


def test_a_long_list_of_missing_units_moves_to_an_annex(place):
    district = place.districts[1][0]
    for _ in range(25):
        DistrictFactory(parent=district.parent)

    paper = collect(compose(place.interim, now=SUMMED_UP), Signing())

    titles = [annex.title for annex in paper.annexes]
    assert titles[-1] == "Đơn vị chưa có báo cáo được nhận năm 2023"
    names = {row[2] for row in paper.annexes[-1].blocks[0].rows}
    assert {unit.name for unit in Unit.objects.filter(kind=Kind.DISTRICT)} - {ODD} <= names


def test_a_deputy_signs_for_the_head(snapshot):
    signing = Signing(
        number="7", signed_on=SUMMED_UP.date(), signer="Vũ Thị A", signer_post="Phó Chủ tịch",
        snapshot="a" * 64,
    )  # fmt: skip

    paper = collect(snapshot, signing)

    assert paper.signature.authority == "TM. Ủy ban nhân dân\nKT. Chủ tịch"
    assert (paper.signature.post, paper.signature.name) == ("Phó Chủ tịch", "Vũ Thị A")
    assert not paper.draft
    assert collect(snapshot, replace(signing, snapshot="")).draft
