import datetime

import pytest

from reports.papers.content import blocks, content, day, roman
from reports.papers.model import Heading, Paragraph, Quote, Signature
from tests.reports.papers import samples


@pytest.mark.parametrize(
    ("date", "printed"),
    [
        (datetime.date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (datetime.date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (datetime.date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, "ngày … tháng … năm …"),
    ],
)
def test_days_under_ten_and_the_first_two_months_lead_with_a_zero(date, printed):
    assert day(date) == printed


@pytest.mark.parametrize(
    ("number", "printed"), [("5", "Số: 05/BC-X"), ("12", "Số: 12/BC-X"), ("07a", "Số: 07a/BC-X")]
)
def test_number_and_symbol(number, printed):
    assert content(samples.report(number=number, symbol="BC-X"))["number"] == printed


def test_a_missing_number_leaves_room_to_write_it():
    number = content(samples.report(number="", symbol="BC-X"))["number"]

    assert number.split() == ["Số:", "/BC-X"]
    assert len(number) > len("Số: /BC-X") + 5


def test_names_of_bodies_are_set_in_capitals_and_break_before_the_place():
    printed = content(samples.report())

    assert printed["superior"] == "ỦY BAN NHÂN DÂN\nTỈNH VĨNH PHÚC"
    assert printed["body"] == "SỞ LAO ĐỘNG -\nTHƯƠNG BINH VÀ XÃ HỘI"


def test_the_line_under_the_body_is_a_third_to_a_half_of_its_text():
    # “THƯƠNG BINH VÀ XÃ HỘI” in 13 points bold measures 59.1 mm
    assert 59.1 / 3 <= content(samples.report())["body_rule"] <= 59.1 / 2


def test_several_addressees_are_a_list_one_stands_alone():
    assert content(samples.report())["addressees"] == [
        "Chủ tịch Ủy ban nhân dân tỉnh;",
        "Ban Thi đua - Khen thưởng tỉnh.",
    ]
    assert content(samples.letter())["addressees"] == ["Ủy ban nhân dân huyện Lập Thạch"]


def test_recipients_lose_their_own_dashes_and_marks():
    paper = samples.report(recipients=("- Như trên;", "Lưu: VT."))

    assert content(paper)["recipients"] == ["Như trên;", "Lưu: VT."]


def test_each_basis_ends_as_the_decree_asks():
    assert content(samples.decision(basis=("Luật A", "Luật B;", "Xét Tờ trình C")))["basis"] == [
        "Luật A;",
        "Luật B;",
        "Xét Tờ trình C.",
    ]
    assert content(samples.decision(basis=()))["basis"] == []


def test_a_letter_has_its_subject_under_the_number_and_no_type():
    printed = content(samples.letter())

    assert printed["subject"] == "V/v đôn đốc báo cáo năm 2023"
    assert (printed["kind"], printed["title"]) == ("", "")


def test_a_draft_says_so_on_the_page_and_at_its_foot():
    printed = content(samples.decision(draft=True, snapshot="0123456789abcdefXYZ"))

    assert printed["draft"] == "DỰ THẢO"
    assert printed["footer"] == "DỰ THẢO – Mã số liệu chốt: 0123456789abcdef"
    assert content(samples.report(draft=False, snapshot=""))["footer"] == ""


def test_appendices_are_counted_in_roman_numerals_and_name_the_paper():
    first, second = content(samples.report())["annexes"]

    assert (first["label"], second["label"]) == ("Phụ lục I", "Phụ lục II")
    assert first["note"] == (
        "(Kèm theo Báo cáo số 05/BC-SLĐTBXH ngày 05 tháng 12 năm 2023 "
        "của Sở Lao động - Thương binh và Xã hội)"
    )


def test_one_appendix_has_no_number():
    assert [a["label"] for a in content(samples.decision())["annexes"]] == ["Phụ lục"]


@pytest.mark.parametrize(("number", "printed"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV")])
def test_roman_numerals(number, printed):
    assert roman(number) == printed


def test_headings_never_skip_a_level():
    levels = [part["kind"] for part in blocks((Heading(3, "a"), Heading(3, "b"), Heading(1, "c")))]

    assert levels == ["heading1", "heading2", "heading1"]


def test_lines_typed_by_a_person_become_paragraphs():
    printed = blocks((Paragraph("một\r\n\r\nhai", lead="Điều 1."),))

    assert [(part["lead"], part["text"]) for part in printed] == [("Điều 1.", "một"), ("", "hai")]


def test_a_quote_names_its_source_once():
    kinds = [part["kind"] for part in blocks((Quote("một\nhai", "xã A"),))]

    assert kinds == ["quote", "quote", "source"]


def test_a_signature_is_set_in_capitals_but_for_the_name():
    paper = samples.report(signature=Signature("Phó Giám đốc", "Nguyễn Văn A", "KT. Giám đốc"))

    assert content(paper)["signature"] == {
        "authority": "KT. GIÁM ĐỐC",
        "post": "PHÓ GIÁM ĐỐC",
        "name": "Nguyễn Văn A",
    }
