"""``manage.py summary``: the three files of a period."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.models import Summary, SummaryFile
from tests.factories.summaries import drafted, frozen, reported, scene, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(stop_clock):
    stop_clock(2023, 12, 28, 9)
    found = scene(communes=1)
    reported(found.year, found.districts[0][0])
    return found


def run(*arguments):
    out = StringIO()
    call_command("summary", *arguments, stdout=out)
    return out.getvalue()


def test_without_a_frozen_summary_the_files_are_drafts_of_the_live_figures(place, tmp_path):
    said = run("interim-2023", "--out", str(tmp_path / "moi"))

    text = "\n".join(
        page.extract_text() for page in PdfReader(tmp_path / "moi" / "interim-2023.pdf").pages
    )
    assert "DỰ THẢO" in text
    assert place.districts[1][0].name in " ".join(text.split())
    assert "DỰ THẢO" in said
    assert Document(str(tmp_path / "moi" / "interim-2023.docx")).tables
    assert "B1 năm 2023" in load_workbook(tmp_path / "moi" / "interim-2023.xlsx").sheetnames
    assert not Summary.objects.exists()


def test_the_newest_frozen_edition_is_written_byte_for_byte(place, tmp_path):
    summary = frozen(place)
    drafted(place)

    run("interim-2023", "--out", str(tmp_path))

    for row in SummaryFile.objects.filter(summary=summary):
        assert (tmp_path / f"interim-2023.{row.format}").read_bytes() == bytes(row.content)


def test_it_freezes_on_demand_as_a_person_with_the_right(place, tmp_path):
    written(place)

    said = run("interim-2023", "--out", str(tmp_path), "--freeze", "--by", place.desk.username)

    summary = Summary.objects.get()
    assert summary.frozen_by == place.desk
    assert summary.sha256[:16] in said


@pytest.mark.parametrize(
    ("draft", "by", "sentence"),
    [
        (written, "khong-co", "không có tài khoản"),
        (written, "board", "mới lập được báo cáo này"),
        (drafted, "desk", "Chưa viết phần"),
        (None, "desk", "không có bản đang soạn"),
    ],
    ids=["nobody", "not the duty", "texts missing", "no draft"],
)
def test_it_refuses_in_words_and_writes_nothing(place, tmp_path, draft, by, sentence):
    if draft:
        draft(place)
    people = {"board": place.board().username, "desk": place.desk.username}

    with pytest.raises(CommandError, match=sentence):
        run("interim-2023", "--out", str(tmp_path), "--freeze", "--by", people.get(by, by))

    assert list(tmp_path.iterdir()) == []


def test_an_unknown_period_is_told_with_the_known_ones(place, tmp_path):
    with pytest.raises(CommandError, match=r"Không có kỳ “1999”\. Các kỳ: interim-2023, 2023"):
        run("1999", "--out", str(tmp_path))


def test_the_yearly_paper_is_addressed_to_the_chairman(place, tmp_path):
    run("2023", "--out", str(tmp_path))

    paper = Document(BytesIO((tmp_path / "2023.docx").read_bytes()))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert f"Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh {place.province.short_name}" in text
