"""Word and Excel packages: what is refused before anything trusts them."""

import io
import zipfile

import pytest

from config import ooxml
from tests.config.packages import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    SHEET,
    rezipped,
    word_bytes,
    workbook_bytes,
    zipped,
)

RELATION = '<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'

XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSM_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def refusal(content: bytes, limits=ooxml.DEFAULT) -> str:
    with pytest.raises(ooxml.PackageError) as caught:
        ooxml.check(io.BytesIO(content), limits)
    return caught.value.args[0]


def with_relation(kind: str, target: str) -> bytes:
    relation = RELATION.format(kind=kind, target=target)
    change = {RELATIONSHIPS: lambda xml: xml.replace("</Rel", relation + "</Rel")}
    return rezipped(workbook_bytes(), change)


@pytest.mark.parametrize("content", [workbook_bytes(), word_bytes()], ids=["xlsx", "docx"])
def test_ordinary_files_pass(content):
    file = io.BytesIO(content)

    ooxml.check(file)

    assert file.tell() == 0


def test_the_kind_is_told_by_content():
    macro = {CONTENT_TYPES: lambda xml: xml.replace(XLSX_MAIN, XLSM_MAIN)}

    assert ooxml.main_kind(io.BytesIO(workbook_bytes())) == "xlsx"
    assert ooxml.main_kind(io.BytesIO(word_bytes())) == "docx"
    assert ooxml.main_kind(io.BytesIO(rezipped(workbook_bytes(), macro))) == "xlsm"
    assert ooxml.main_kind(io.BytesIO(zipped({"META-INF/MANIFEST.MF": "x"}))) == "zip"
    assert ooxml.main_kind(io.BytesIO(zipped({CONTENT_TYPES: "<broken"}))) == "zip"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"xl/vbaProject.bin": b"x"}, "có chứa macro"),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "có chứa macro"),
        ({CONTENT_TYPES: lambda xml: xml.replace(XLSX_MAIN, XLSM_MAIN)}, "có chứa macro"),
        ({"xl/activeX/activeX1.xml": "<x/>"}, "có đối tượng nhúng"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "có đối tượng nhúng"),
        ({"xl/connections.xml": "<connections/>"}, "có kết nối dữ liệu"),
        ({"Main.class": b"\xca\xfe\xba\xbe"}, "có chương trình"),
        ({"META-INF/MANIFEST.MF": "Main-Class: A"}, "có chương trình"),
        ({"xl/extra.xml": DTD}, "khai báo kiểu tài liệu (DTD)"),
        ({"xl/extra.bin": DTD.encode("utf-16")}, "khai báo kiểu tài liệu (DTD)"),
        ({"xl/extra.bin": b"\xef\xbb\xbf \n" + DTD[21:].encode()}, "khai báo kiểu tài liệu (DTD)"),
        ({"xl/extra.xml": "<x><y></x>"}, "bị hỏng"),
        ({SHEET: '<x xmlns:d="d"><ddeLink ddeService="cmd"/></x>'}, "tự lấy dữ liệu từ mạng"),
    ],
)
def test_what_could_do_harm_is_refused_with_a_remedy(parts, reason):
    sentence = refusal(rezipped(workbook_bytes(), parts))

    assert reason in sentence
    assert "hãy" in sentence


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://evil.example/t.dotm"),
        ("attachedTemplate", "file://server/share/t.dotm"),
        ("image", "\\\\server\\share\\a.png"),
        ("oleObject", "https://evil.example/x"),
        ("image", "file:////server/a.png"),
    ],
)
def test_links_followed_unasked_into_the_network_are_refused(kind, target):
    assert f"tự lấy dữ liệu từ mạng khi mở ({target})" in refusal(with_relation(kind, target))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://vinhphuc.gov.vn/"),
        ("hyperlink", "mailto:a@b.vn"),
        ("attachedTemplate", "file:///C:\\Users\\An\\Mau.dotx"),
        ("image", "D:\\anh\\a.png"),
        ("externalLinkPath", "bang-khac.xlsx"),
    ],
)
def test_links_that_people_click_and_local_paths_pass(kind, target):
    ooxml.check(io.BytesIO(with_relation(kind, target)))


def test_bombs_are_refused_by_what_they_declare_and_by_what_they_hold():
    blank = rezipped(workbook_bytes(), {"xl/media/a.png": bytes(3 * ooxml.MEBIBYTE)})
    many = rezipped(workbook_bytes(), {f"xl/media/{n}.png": b"x" for n in range(30)})
    elements = rezipped(workbook_bytes(), {"xl/a.xml": "<a>" + "<b/>" * 1000 + "</a>"})

    assert "lớn bất thường" in refusal(blank)  # a thousand to one
    assert "lớn bất thường" in refusal(blank, ooxml.Limits(max_part=1, max_ratio=10**9))
    assert "lớn bất thường" in refusal(many, ooxml.Limits(max_parts=30))
    assert "lớn bất thường" in refusal(elements, ooxml.Limits(max_elements=1000))
    assert "lớn bất thường" in refusal(workbook_bytes(), ooxml.Limits(max_unpacked=1000))


def test_a_size_that_lies_is_found_out():
    content = bytearray(rezipped(workbook_bytes(), {"xl/a.xml": "<a>" + " " * 5000 + "</a>"}))
    size = (5007).to_bytes(4, "little")
    assert content.count(size) == 2  # the local header and the table of contents

    assert "bị hỏng" in refusal(bytes(content.replace(size, (10).to_bytes(4, "little"))))


def test_broken_zips_are_refused_in_words():
    content = workbook_bytes()
    damaged = bytearray(content)
    damaged[60:80] = bytes(20)

    assert "bị hỏng" in refusal(content[: len(content) // 2])
    assert "bị hỏng" in refusal(bytes(damaged))
    assert "bị hỏng" in refusal(b"MZ" + content)  # a program in front
    assert "bị hỏng" in refusal(b"PK\x03\x04")
    assert "bị hỏng" in refusal(rezipped(content, {}, compression=zipfile.ZIP_BZIP2))


def test_two_parts_of_one_name_are_refused():
    assert "bị hỏng" in refusal(rezipped(workbook_bytes(), {SHEET.upper(): "<x/>"}))


def test_a_part_under_a_password_is_refused():
    content = bytearray(workbook_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1  # the flag that says encrypted

    assert "đang đặt mật khẩu" in refusal(bytes(content))
