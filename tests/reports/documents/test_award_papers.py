"""The papers of commendation, opened again and read."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.documents import files
from reports.documents.awards import achievement, bonus, decision, minutes, notice, submission
from reports.papers.content import content as printed
from tests.reports.documents import award_contents as contents
from tests.reports.papers.samples import squeezed

LAW = ("Hệ số: Nghị định 98/2023/NĐ-CP, áp dụng từ ngày 01/01/2024",)
REVOKED = "Khai man thành tích."


def revocation(lines=contents.LINES):
    return contents.decision(lines, reason=REVOKED)


PAPERS = {
    "submission": lambda: submission.collect(contents.submission()),
    "decision": lambda: decision.collect(contents.decision()),
    "revocation": lambda: decision.collect(revocation()),
    "notice": lambda: notice.collect(contents.decision(), "Ủy ban nhân dân xã Đạo Trù"),
    "bonus": lambda: bonus.collect(contents.decision(), LAW),
    "minutes": lambda: minutes.collect(contents.minutes(), "Vĩnh Phúc"),
    "achievement": lambda: achievement.collect(contents.achievement()),
}


def in_word(paper) -> str:
    document = Document(BytesIO(files.made(paper, "docx")))
    return squeezed("".join(node.text or "" for node in document.element.iter() if is_text(node)))


def is_text(node) -> bool:
    return node.tag.endswith("}t")


def in_pdf(paper) -> str:
    reader = PdfReader(BytesIO(files.made(paper, "pdf")))
    return squeezed("".join(page.extract_text() for page in reader.pages))


def said(paper) -> str:
    """Everything the body and the lists say, on one line."""
    words = printed(paper)
    blocks = [*words["blocks"], *(b for annex in words["annexes"] for b in annex["blocks"])]
    told = [words["title"] or words["subject"], *words["basis"]]
    for block in blocks:
        told += [block.get("lead", ""), block.get("text", ""), block.get("note", "")]
        told += [cell for row in block.get("rows", ()) for cell in row["cells"]]
    return " ".join(told)


@pytest.mark.parametrize("name", PAPERS)
def test_word_and_pdf_say_the_same_and_are_the_same_each_time(name):
    paper = PAPERS[name]()

    for text in (in_word(paper), in_pdf(paper)):
        assert squeezed("Nguyễn Thị Bưởi") in text
        assert squeezed(contents.FORM) in text
    for form in ("docx", "pdf"):
        assert files.made(paper, form) == files.made(PAPERS[name](), form)


@pytest.mark.parametrize(
    ("content", "draft"),
    [
        (contents.submission(), True),
        (contents.submission(number="12/TTr-SNV", date="2024-01-20"), False),
        (contents.submission(number="12/TTr-SNV"), True),
    ],
)
def test_a_submission_is_a_draft_until_it_has_number_and_day(content, draft):
    paper = submission.collect(content)

    assert paper.draft is draft
    assert (squeezed("DỰ THẢO") in in_word(paper)) is draft


@pytest.mark.parametrize("missing", [{"signer": ""}, {"date": None}, {"number": ""}])
def test_a_decision_without_number_day_or_signer_is_a_draft(missing):
    assert decision.collect(contents.decision(**missing)).draft
    assert not decision.collect(contents.decision()).draft


def test_a_submission_tells_council_posting_counts_and_what_is_enclosed():
    told = said(submission.collect(contents.submission()))

    assert "họp xét ngày 18/01/2024, tổng số 09 thành viên" in told
    assert "không có ý kiến góp ý" in told
    assert "01 cá nhân, 01 tập thể, 01 hộ gia đình" in told
    assert "Biên bản họp Hội đồng Thi đua - Khen thưởng" in told
    assert "năm 2023" in told


def test_what_did_not_take_place_is_not_told():
    told = said(submission.collect(contents.submission(council=None, posting="")))

    assert "Hội đồng Thi đua, khen thưởng họp" not in told
    assert "công khai" not in told


@pytest.mark.parametrize("name", ["submission", "decision", "bonus"])
def test_the_sum_stands_in_figures_and_words_and_the_unknown_is_not_guessed(name):
    told = said(PAPERS[name]())

    assert "8.100.000 đồng (bằng chữ: Tám triệu một trăm nghìn đồng)" in told
    assert "chưa có căn cứ về hệ số của hộ gia đình" in told
    assert "chưa kể 01 trường hợp" in told


def test_without_any_known_sum_none_is_said():
    told = said(decision.collect(contents.decision([contents.household(1)])))

    assert "Chưa tính được tiền thưởng" in told
    assert "bằng chữ" not in told


def test_one_recipient_is_named_in_the_first_article_without_a_list():
    paper = decision.collect(contents.decision([contents.line()]))

    assert paper.annexes == ()
    assert paper.blocks[0].text.startswith(f"Tặng {contents.FORM} cho bà Nguyễn Thị Bưởi, Công")
    assert "thời gian lập thành tích: năm 2023" in paper.blocks[0].text


def test_several_recipients_stand_in_a_list():
    paper = decision.collect(contents.decision())

    assert len(paper.annexes) == 1
    assert "có danh sách kèm theo" in paper.blocks[0].text
    assert "Bưởi" not in paper.blocks[0].text


def test_a_revocation_says_why_and_what_is_to_be_given_back():
    paper = decision.collect(revocation())
    first, second, _ = (block.text for block in paper.blocks)

    assert first.startswith("Hủy bỏ việc tặng")
    assert first.endswith("Lý do: khai man thành tích.")
    assert "Thu hồi hiện vật khen thưởng và tiền thưởng" in second
    assert "8.100.000 đồng" in second


@pytest.mark.parametrize(
    ("changes", "decider", "post", "body", "symbol"),
    [
        ({}, "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Phúc", "Chủ tịch", "tỉnh Vĩnh Phúc", "QĐ-UBND"),
        (
            {
                "unit": "Xã Đạo Trù",
                "unit_kind": "commune",
                "office": "commune",
                "decider": "Chủ tịch Ủy ban nhân dân xã",
            },
            *("Chủ tịch Ủy ban nhân dân xã Đạo Trù", "Chủ tịch", "xã Đạo Trù", "QĐ-UBND"),
        ),
        (
            {
                "unit": "Sở Lao động - Thương binh và Xã hội",
                "unit_kind": "department",
                "abbreviation": "SLDTBXH",
                "office": "department",
                "decider": "Thủ trưởng cơ quan có tư cách pháp nhân, giám đốc sở",
            },
            "Giám đốc Sở Lao động - Thương binh và Xã hội",
            *("Giám đốc", "Sở Lao động - Thương binh và Xã hội", "QĐ-SLĐTBXH"),
        ),
    ],
)
def test_bodies_and_deciders_have_their_full_names(changes, decider, post, body, symbol):
    paper = decision.collect(contents.decision(number="", **changes))

    assert (paper.decider, paper.signature.post, paper.symbol) == (decider, post, symbol)
    assert paper.body.endswith(body)


def test_the_entered_number_keeps_its_own_symbol():
    paper = decision.collect(contents.decision(number="7/QĐ-CT"))

    assert (paper.number, paper.symbol) == ("7", "QĐ-CT")


def test_a_notice_tells_a_unit_of_its_own_alone():
    content = notice.of_lines(contents.decision(), {1, 3})
    paper = notice.collect(content, "Ủy ban nhân dân xã Đạo Trù")
    told = said(paper)

    assert paper.draft
    assert "Trần Văn Cam" in told
    assert "Nhân dân và cán bộ thôn Đồng Tâm" not in told
    assert "2.700.000 đồng (bằng chữ: Hai triệu bảy trăm nghìn đồng)" in told


def test_the_bonus_sheet_shows_how_each_sum_came_about():
    paper = bonus.collect(contents.decision(), LAW)
    book = load_workbook(BytesIO(files.made(paper, "xlsx")))
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == 1]
    reader = PdfReader(BytesIO(files.made(paper, "pdf")))

    assert rows[0][3:7] == (1.5, 1_800_000, 2_700_000, 2_700_000)
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height
    assert squeezed(LAW[0]) in in_pdf(paper)
    section = Document(BytesIO(files.made(paper, "docx"))).sections[0]
    assert section.page_width > section.page_height


def test_the_list_is_taken_away_as_a_table_with_figures():
    book = load_workbook(BytesIO(files.made(PAPERS["submission"](), "xlsx")))
    cells = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]

    assert "Bà Nguyễn Thị Bưởi" in cells
    assert "Hộ ông Trần Văn Cam" in cells
    assert cells.count(2_700_000) == 1


def test_minutes_print_votes_rule_verdict_and_both_signers():
    paper = PAPERS["minutes"]()
    told = said(paper)

    assert "8/8 phiếu đồng ý (100,0 %)" in told
    assert "từ 80% tổng số thành viên" in told
    assert "Người thứ ba không bỏ phiếu" in told
    assert (paper.signature.name, paper.left_signature.name) == ("Lê Văn A", "Trần Thị B")
    assert not paper.draft


def test_minutes_before_the_count_are_a_draft():
    case = contents.case() | {"counted": False}
    paper = minutes.collect(contents.minutes(closed="", cases=[case]), "Vĩnh Phúc")

    assert paper.draft
    assert "Chưa kiểm phiếu" in said(paper)


@pytest.mark.parametrize(
    ("recipient", "writer", "confirming"),
    [
        ("collective", "Thủ trưởng đơn vị", "Xác nhận của cấp trình"),
        ("person", "Người báo cáo thành tích", "Xác nhận của thủ trưởng đơn vị,\ncấp trình"),
        ("household", "Đại diện hộ gia đình", "Xác nhận của Ủy ban nhân dân cấp xã,\ncấp trình"),
    ],
)
def test_who_writes_an_achievement_report_and_who_confirms_it(recipient, writer, confirming):
    paper = achievement.collect(contents.achievement(recipient=recipient))

    assert (paper.signature.post, paper.left_signature.post) == (writer, confirming)
    assert squeezed("Số:") not in in_pdf(paper)


def test_an_achievement_report_has_its_parts_under_their_headings():
    told = said(PAPERS["achievement"]())

    parts = ["I. SƠ LƯỢC", "II. THÀNH TÍCH", "1. Kết quả", "2. Biện pháp", "(Chưa có nội dung.)"]
    assert [told.index(part) for part in parts] == sorted(told.index(part) for part in parts)


@pytest.mark.parametrize("name", [contents.HOSTILE, contents.LONG])
def test_odd_and_long_names_come_through_unchanged(name):
    lines = [contents.line(1, name=name), contents.collective(2, name=name, achievement=name)]
    for paper in (
        submission.collect(contents.submission(lines)),
        decision.collect(contents.decision(lines)),
        bonus.collect(contents.decision(lines), (name,)),
        achievement.collect(contents.achievement(name=name)),
    ):
        assert squeezed(name) in in_word(paper)
        assert squeezed(name) in in_pdf(paper)
