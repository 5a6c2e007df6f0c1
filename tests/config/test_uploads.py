"""Uploaded files: their kind by content, refusals in words, names and sums."""

import hashlib
import io
import unicodedata
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from config import uploads
from config.uploads import DOCX, JPEG, PDF, PNG, XLSX, UploadError, check_upload
from tests.config.packages import (
    CONTENT_TYPES,
    DAMAGE,
    NamedBytes,
    damaged,
    rezipped,
    word_bytes,
    workbook_bytes,
    zipped,
)

PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def png(width=3, height=2):
    header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    crc = zlib.crc32(chunk).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + chunk + crc + b"\0\0\0\0IEND\xaeB`\x82"


def jpeg(width=3, height=2):
    exif = b"\xff\xe1" + (2 + 300).to_bytes(2) + bytes(300)
    frame = b"\xff\xc2" + (17).to_bytes(2) + b"\x08" + height.to_bytes(2) + width.to_bytes(2)
    return b"\xff\xd8" + exif + frame + bytes(10) + b"\xff\xda" + bytes(20) + b"\xff\xd9"


def refusal(content, name, **terms):
    with pytest.raises(UploadError) as caught:
        check_upload(SimpleUploadedFile(name, content), **terms)
    (sentence,) = caught.value.args
    return sentence


def stream(name):
    """An old Office file with a stream of this name."""
    return OLE + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF_BYTES, "Báo cáo.pdf", PDF),
        (png(), "anh.PNG", PNG),
        (jpeg(), "ảnh chụp.JPG", JPEG),
        (jpeg(), "a.jpeg", JPEG),
        (word_bytes(), "a.docx", DOCX),
        (workbook_bytes(), "a.xlsx", XLSX),
    ],
)
def test_what_is_allowed_passes_and_is_left_at_its_start(content, name, kind):
    file = SimpleUploadedFile(name, content)

    assert check_upload(file) is kind
    assert file.read() == content


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (zipped({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": "x"}), "zip"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (b"MZ\x90\x00" + bytes(100), "program"),
        (b"\x7fELF" + bytes(100), "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (b"\n <!DOCTYPE html><p>x", "html"),
        ("x <ScRipt>alert(1)</script>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><svg xmlns="x" onload="a()"/>', "svg"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (stream("WordDocument"), "doc"),
        (stream("Workbook"), "xls"),
        (stream("EncryptedPackage"), "locked"),
        (OLE, "ole"),
        (b"{\\rtf1 x}", "rtf"),
        (b"Rar!\x1a\x07" + bytes(9), "archive"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"),
        (b"GIF89a" + bytes(9), "picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(9), "heic"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(9), "video"),
        ("mã;tên\n01;Bình".encode(), "text"),
        (("ế" * 1000).encode(), "text"),
        (bytes(range(256)) * 9, "unknown"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"PK\x03\x04" + bytes(18), "broken"),
    ],
)
def test_a_renamed_file_is_told_by_what_it_holds(content, found):
    assert uploads.sniff(io.BytesIO(content)) == found

    sentence = refusal(content, "Báo cáo.pdf")

    what, remedy = uploads.FOREIGN[found]
    assert sentence.startswith(f"Tệp “Báo cáo.pdf” là {what}; chỉ nhận PDF, ảnh PNG, ảnh JPEG, ")
    assert sentence.endswith(f"{remedy} rồi chọn lại.")


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "docm"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    ],
)
def test_macro_formats_are_told_under_any_ending(main, found):
    old = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    content = rezipped(workbook_bytes(), {CONTENT_TYPES: lambda xml: xml.replace(old, main)})

    assert uploads.sniff(io.BytesIO(content)) == found
    assert uploads.FOREIGN[found][0] in refusal(content, "a.xlsx")


@pytest.mark.parametrize(
    ("name", "seen"),
    [("a.pdf", "có đuôi “.pdf”"), ("a.xlsm", "có đuôi “.xlsm”"), ("a", "không có đuôi")],
)
def test_an_ending_that_does_not_fit_the_content_is_refused(name, seen):
    assert refusal(workbook_bytes(), name) == (
        f"Tệp “{name}” {seen} nhưng nội dung là Excel (.xlsx); hãy đổi đuôi tệp thành “.xlsx” "
        "hoặc chọn đúng tệp."
    )


def test_a_kind_that_is_taken_elsewhere_is_refused_here():
    assert refusal(PDF_BYTES, "a.pdf", allowed=[XLSX]) == (
        "Tệp “a.pdf” là PDF; chỉ nhận Excel (.xlsx): hãy chọn đúng tệp rồi chọn lại."
    )


def test_empty_and_oversized_files_are_refused_with_figures():
    assert "trống (0 byte)" in refusal_of_empty()
    assert "có 1,1 MB, quá giới hạn 1 MB" in refusal(
        PDF_BYTES + bytes(2**20), "a.pdf", max_bytes=2**20
    )


def refusal_of_empty():
    with pytest.raises(UploadError) as caught:
        check_upload(NamedBytes(b"", "a.pdf"))
    return caught.value.args[0]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (PDF_BYTES[:-6], "a.pdf", "thiếu phần cuối PDF"),
        (png(20_000, 20_000), "a.png", "20.000 × 20.000 điểm, quá giới hạn 100 triệu điểm"),
        (png(0, 5), "a.png", "ảnh bị hỏng"),
        (png()[:20], "a.png", "ảnh bị hỏng"),
        (jpeg(65_000, 65_000), "a.jpg", "65.000 × 65.000 điểm"),
        (jpeg()[:100], "a.jpg", "ảnh bị hỏng"),
        (b"\xff\xd8\xff\xe1\x00\x00" * 50, "a.jpg", "ảnh bị hỏng"),
        (rezipped(word_bytes(), {"word/vbaProject.bin": b"x"}), "a.docx", "macro"),
        (rezipped(word_bytes(), {"word/media/a.png": bytes(3 * 2**20)}), "a.docx", "giải nén lớn"),
        (rezipped(word_bytes(), {"A.class": b"x"}), "a.docx", "chương trình"),
        (word_bytes()[:-30], "a.docx", "bị hỏng"),
    ],
)
def test_what_is_inside_is_looked_at_too(content, name, reason):
    sentence = refusal(content, name)

    assert reason in sentence
    assert f"“{name}”" in sentence
    assert "hãy" in sentence


@profile(deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", PDF_BYTES, b"PK\x03\x04", png(), jpeg(), OLE])
)
def test_any_bytes_get_an_answer(tail, start):
    found = uploads.sniff(io.BytesIO(start + tail))

    assert found in uploads.KINDS.keys() | uploads.FOREIGN.keys()


@profile(deadline=None)
@given(DAMAGE)
def test_a_damaged_package_never_gets_past_with_another_error(damage):
    try:
        check_upload(NamedBytes(damaged(word_bytes(), damage), "a.docx"))
    except UploadError as refused:
        assert "hãy" in refused.args[0]  # noqa: PT017 (passing is fine as well)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/Báo cáo.pdf", "Báo cáo.pdf"),
        ("C:\\Users\\An\\a.docx", "a.docx"),
        (unicodedata.normalize("NFD", "Đề nghị.pdf"), "Đề nghị.pdf"),
        ("Báo cáo\u202efdp.exe", "Báo cáofdp.exe"),
        ("a:b?\n\x00c.png", "a_b_ c.png"),
        ("con.xlsx", "tep-con.xlsx"),
        (".htaccess", "htaccess"),
        ("...", "tep-dinh-kem"),
        ("", "tep-dinh-kem"),
        ("a.pdf. ", "a.pdf"),
    ],
)
def test_names_are_made_safe_and_keep_their_accents(name, safe):
    assert uploads.safe_name(name) == safe


@profile(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", ".pdf", ".XLSX"]))
def test_a_safe_name_stays_safe(stem, ending):
    name = uploads.safe_name(stem + ending)

    assert uploads.safe_name(name) == name
    assert 0 < len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*\n\0')


def test_a_long_name_keeps_its_ending():
    name = uploads.safe_name("Hồ sơ " * 100 + ".pdf")

    assert len(name.encode()) <= uploads.NAME_LIMIT
    assert name.startswith("Hồ sơ Hồ sơ ")
    assert name.endswith(".pdf")


def test_the_sum_is_that_of_the_whole_file():
    content = b"x" * 200_000
    file = NamedBytes(content, "a.pdf")
    file.seek(5)

    assert uploads.sha256(file) == hashlib.sha256(content).hexdigest()
    assert file.tell() == 0
