import datetime
import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.papers import certificates
from reports.papers.certificates import Certificate, qr_svg
from tests.reports.papers.samples import squeezed

ADDRESS = "https://thidua.example.vn/khen-thuong/kiem-tra/abcdefghijklmnopqrstuv/"
ONE = Certificate(
    issuer="Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Phúc",
    form="Bằng khen",
    name="Bà Nguyễn Thị Bưởi",
    whereabouts="Công chức, Xã Đạo Trù",
    achievement="Đã có thành tích xuất sắc, năm 2023",
    place_date="Vĩnh Phúc, ngày 05 tháng 02 năm 2024",
    decision="123/QĐ-CT",
    post="Chủ tịch",
    signer="Lê Văn Dũng",
    check_url=ADDRESS,
    author="Ủy ban nhân dân tỉnh Vĩnh Phúc",
    date=datetime.date(2024, 2, 5),
)
LONG = "Nguyễn Thị Phương Uyển Đặng Trần Nghiêm Khuê " * 3 + "Thục Quỳnh Đoan"
HOSTILE = 'A & B <c> #panic("x") $x$ *b* `c` @ref {{ 7 * 7 }} // #import "x": * 漢字'


def opened(*pages, **options):
    return PdfReader(BytesIO(certificates.pdf(pages, **options)))


def text_of(reader) -> str:
    found = "".join(page.extract_text() for page in reader.pages)
    return squeezed(found.replace("\u200b", ""))


def test_a_certificate_says_who_gives_what_to_whom_and_by_what():
    text = text_of(opened(ONE))

    for words in (
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TẶNG", "BẰNG KHEN", "Bà Nguyễn Thị Bưởi"),
        *("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VĨNH PHÚC", ONE.achievement, ONE.place_date),
        *("Quyết định số: 123/QĐ-CT", "Vào sổ vàng khen thưởng số:", "Lê Văn Dũng"),
    ):
        assert squeezed(words) in text


@pytest.mark.parametrize(
    "changes",
    [
        {"name": f"Bà {LONG}"},
        {"name": HOSTILE, "achievement": HOSTILE},
        {
            "name": (LONG + LONG)[:200],
            "whereabouts": ("Đơn vị rất dài của huyện " * 30)[:500],
            "achievement": ("Đã có thành tích xuất sắc " * 30)[:520],
        },
        {"name": "Ế" * 200, "whereabouts": "W" * 500, "achievement": "M" * 500},
        {"issuer": "Giám đốc " + "Sở Lao động - Thương binh và Xã hội " * 4},
        {"whereabouts": "", "achievement": "", "signer": ""},
    ],
)
def test_whatever_the_words_each_stands_on_one_page(changes):
    reader = opened(replace(ONE, **changes), ONE)

    assert len(reader.pages) == 2
    assert squeezed("Bưởi") in squeezed(reader.pages[1].extract_text())


def test_names_are_never_read_as_markup():
    plain = HOSTILE.removesuffix(" 漢字")

    assert squeezed(plain) in text_of(opened(replace(ONE, name=HOSTILE)))


def test_the_longer_the_name_the_smaller_its_letters():
    sizes = [
        certificates.values(replace(ONE, name="n" * n))["name_size"]
        for n in (10, 40, 60, 100, 150, 200)
    ]

    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 6


def test_the_same_certificates_give_the_same_bytes():
    assert certificates.pdf([ONE, ONE]) == certificates.pdf([ONE, ONE])


def test_for_printed_forms_the_words_come_without_the_frame():
    framed, bare = certificates.pdf([ONE]), certificates.pdf([ONE], text_only=True)

    assert text_of(PdfReader(BytesIO(bare))) == text_of(PdfReader(BytesIO(framed)))
    assert len(bare) < len(framed)


def test_the_page_lies_and_is_tagged():
    reader = opened(ONE)
    box = reader.pages[0].mediabox

    assert (round(box.width), round(box.height)) == (842, 595)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "123/QĐ-CT" in reader.metadata.title


def test_the_code_links_to_the_page_where_the_award_is_checked():
    links = [
        note.get_object()["/A"]["/URI"]
        for note in opened(ONE).pages[0]["/Annots"]
        if "/A" in note.get_object()
    ]

    assert links == [ADDRESS]


def test_the_code_is_drawn_whole_with_its_quiet_zone():
    drawn = qr_svg(ADDRESS)
    side = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn)

    assert (side - 8 - 17) % 4 == 0  # the side of a version
    assert min(int(x) for x, _, _ in runs) == min(int(y) for _, y, _ in runs) == 4
    assert ("4", "4", "7") in runs  # the upper edge of the first finder
    assert json.dumps(drawn) == json.dumps(qr_svg(ADDRESS))


def test_nothing_to_print_is_refused():
    with pytest.raises(ValueError, match="no certificate"):
        certificates.pdf([])
