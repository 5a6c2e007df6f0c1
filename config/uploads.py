"""Uploaded files: what they are by content, and whether they may be kept.

The name and the content type that a browser sends prove nothing. ``check_upload`` answers with
the kind of the file or refuses with a sentence that names the file, the rule and the remedy.
It reads; storing is the caller's work, under a name of the caller's own, served as an attachment
with the kind's content type. Not done here: a search for viruses, and scripts inside PDF files.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

from config import ooxml
from config.text import RESERVED_STEMS, clean_line, vn_number

MAX_BYTES = 20 * ooxml.MEBIBYTE
"""The size a file may have unless the caller says otherwise."""
MAX_PIXELS = 100_000_000
"""Width times height of a picture: a scan of A4 at 600 dpi has 35 million, a bomb far more."""
NAME_LIMIT = 200
"""Bytes of a file name: disks take 255, and a Vietnamese letter may need three."""
CHUNK = 64 * 1024


class UploadError(Exception):
    """The file is refused; ``args`` are Vietnamese sentences fit to show."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that the portal takes."""

    name: str
    label: str
    extensions: tuple[str, ...]
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Kind("pdf", "PDF", ("pdf",), "application/pdf")
PNG = Kind("png", "ảnh PNG", ("png",), "image/png")
JPEG = Kind("jpeg", "ảnh JPEG", ("jpg", "jpeg", "jpe", "jfif"), "image/jpeg")
DOCX = Kind("docx", "Word (.docx)", ("docx",), f"{_OFFICE}wordprocessingml.document")
XLSX = Kind("xlsx", "Excel (.xlsx)", ("xlsx",), f"{_OFFICE}spreadsheetml.sheet")
CSV = Kind("csv", "CSV (.csv)", ("csv", "txt"), "text/csv")
EVIDENCE = (PDF, PNG, JPEG, DOCX, XLSX)
KINDS = {kind.name: kind for kind in EVIDENCE}

_SAVE_DOCX = "hãy mở bằng Word, lưu lại dạng .docx hoặc PDF"
_SAVE_XLSX = "hãy mở bằng Excel, lưu lại dạng Excel Workbook (.xlsx)"
_SAVE_JPEG = "hãy chuyển sang ảnh JPEG hoặc PNG"
_CHOOSE = "hãy chọn đúng tệp"
FOREIGN = {
    "doc": ("tệp Word kiểu cũ (.doc)", _SAVE_DOCX),
    "docm": ("tệp Word có macro (.docm)", _SAVE_DOCX),
    "dotx": ("mẫu Word (.dotx)", _SAVE_DOCX),
    "rtf": ("tệp RTF", _SAVE_DOCX),
    "xls": ("tệp Excel kiểu cũ (.xls)", _SAVE_XLSX),
    "xlsm": ("tệp Excel có macro (.xlsm)", _SAVE_XLSX),
    "xlsb": ("tệp Excel nhị phân (.xlsb)", _SAVE_XLSX),
    "xltx": ("mẫu Excel (.xltx)", _SAVE_XLSX),
    "ods": ("bảng tính OpenDocument (.ods)", _SAVE_XLSX),
    "odt": ("văn bản OpenDocument (.odt)", _SAVE_DOCX),
    "pptx": ("bản trình chiếu PowerPoint", "hãy lưu thành PDF"),
    "locked": ("tệp Word hoặc Excel đặt mật khẩu mở", "hãy bỏ mật khẩu, lưu lại"),
    "ole": ("tệp Office kiểu cũ", "hãy lưu lại dạng .docx, .xlsx hoặc PDF"),
    "zip": ("tệp nén (ZIP, JAR)", "hãy giải nén rồi chọn từng tệp bên trong"),
    "broken": ("tệp bị hỏng hoặc tải lên không trọn vẹn", "hãy mở tệp gốc, lưu lại"),
    "archive": ("tệp nén (RAR, 7z, gzip)", "hãy giải nén rồi chọn từng tệp bên trong"),
    "program": ("chương trình máy tính", _CHOOSE),
    "html": ("trang web (HTML)", "hãy in trang đó ra PDF"),
    "svg": ("hình vẽ SVG", _SAVE_JPEG),
    "xml": ("tệp XML", _CHOOSE),
    "heic": ("ảnh HEIC của điện thoại", _SAVE_JPEG),
    "picture": ("ảnh dạng khác (WebP, GIF, BMP, TIFF)", _SAVE_JPEG),
    "video": ("tệp phim hoặc âm thanh", _CHOOSE),
    "text": ("tệp chữ thuần (TXT, CSV)", "hãy lưu lại bằng Word hoặc Excel"),
    "unknown": ("tệp không rõ loại", _CHOOSE),
}
"""What a file may turn out to be instead: its name in Vietnamese, and what to do about it."""

_BROKEN_PICTURE = "là ảnh bị hỏng; hãy chụp hoặc quét lại rồi chọn lại."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (_OLE, "ole"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"#!", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"ID3", "video"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)


# What is it?


def sniff(file: BinaryIO) -> str:
    """The kind of a file by its content: a name in ``KINDS``, else in ``FOREIGN``."""
    file.seek(0)
    head = file.read(2048)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(file)
    magic = next((name for start, name in _MAGIC if head.startswith(start)), None)
    if magic == "ole":
        return _sniff_ole(file)
    return magic or _sniff_media(head) or _sniff_text(head)


def _sniff_zip(file: BinaryIO) -> str:
    kind = ooxml.main_kind(file)
    if kind != "zip":
        return kind
    try:
        with ooxml.opened(file) as archive, archive.open("mimetype") as source:
            declared = source.read(100)
    except KeyError:
        return "zip"
    except ooxml.PackageError:
        return "broken"
    starts = {b"application/vnd.oasis.opendocument.text": "odt"}
    starts[b"application/vnd.oasis.opendocument.spreadsheet"] = "ods"
    return next((name for start, name in starts.items() if declared.startswith(start)), "zip")


def _sniff_ole(file: BinaryIO) -> str:
    """Old Office files name their streams in UTF-16; a password wraps the new format so too."""
    content = file.read(MAX_BYTES)
    file.seek(0)
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return name
    return "ole"


def _sniff_media(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return "picture" if head[8:12] == b"WEBP" else "video"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "picture"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"heim", b"avif") else "video"
    return None


def _sniff_text(head: bytes) -> str:
    text = _decoded(head)
    if text is None:
        return "unknown"
    if re.search(r"<svg[\s>]", text, re.IGNORECASE):
        return "svg"
    if re.search(r"<(!doctype html|html|head|body|script|iframe|table)\b", text, re.IGNORECASE):
        return "html"
    if text.lstrip().startswith("<?xml"):
        return "xml"
    return "text" if "".join(text.split()).isprintable() else "unknown"


def _decoded(head: bytes) -> str | None:
    """The beginning of a text file; None when it is not text. Its last letter may be cut in two."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        whole = head[: error.start]
        return whole.decode(encoding) if whole and len(head) - len(whole) < 4 else None


# May it be kept?


def check_upload(
    file: BinaryIO, *, allowed: Collection[Kind] = EVIDENCE, max_bytes: int = MAX_BYTES
) -> Kind:
    """The kind of an uploaded file, or ``UploadError``. The file is left at its start."""
    kind = identify(file, allowed=allowed, max_bytes=max_bytes)
    check = {"docx": _check_package, "xlsx": _check_package, "pdf": _check_pdf}
    check |= {"png": _check_png, "jpeg": _check_jpeg}
    if fault := check[kind.name](file):
        raise UploadError(f"Tệp “{display_name(file)}” {fault}")
    file.seek(0)
    return kind


def identify(file: BinaryIO, *, allowed: Collection[Kind], max_bytes: int = MAX_BYTES) -> Kind:
    """The first half of ``check_upload``: size, content, and an ending that tells the truth."""
    name, size = display_name(file), size_of(file)
    if not size:
        raise UploadError(f"Tệp “{name}” trống (0 byte); hãy kiểm tra rồi chọn lại.")
    if size > max_bytes:
        raise UploadError(
            f"Tệp “{name}” có {megabytes(size)}, quá giới hạn {megabytes(max_bytes)}; hãy giảm "
            "cỡ ảnh, quét lại ở 200 dpi hoặc chia thành nhiều tệp."
        )
    found = sniff(file)
    if CSV in allowed and extension(name) in CSV.extensions and _may_be_csv(file, found):
        return CSV
    kind = next((kind for kind in allowed if kind.name == found), None)
    if kind is None:
        raise UploadError(_refusal(name, found, allowed))
    ending = extension(name)
    if getattr(file, "name", None) and ending not in kind.extensions:
        seen = f"có đuôi “.{ending}”" if ending else "không có đuôi"
        raise UploadError(
            f"Tệp “{name}” {seen} nhưng nội dung là {kind.label}; hãy đổi đuôi tệp thành "
            f"“.{kind.extensions[0]}” hoặc chọn đúng tệp."
        )
    return kind


def _may_be_csv(file: BinaryIO, found: str) -> bool:
    """Text of any content, also such as begins like a program or holds a tag.

    A text in an old Vietnamese encoding passes here, and is refused with its line when it is read.
    """
    if found in ("text", "unknown"):
        return True
    head = file.read(2048)
    file.seek(0)
    return found not in KINDS and _sniff_text(head) != "unknown"


def _refusal(name: str, found: str, allowed: Collection[Kind]) -> str:
    labels = ", ".join(kind.label for kind in allowed)
    if found in KINDS:
        what, remedy = KINDS[found].label, _CHOOSE
    else:
        what, remedy = FOREIGN[found]
    return f"Tệp “{name}” là {what}; chỉ nhận {labels}: {remedy} rồi chọn lại."


def _check_package(file: BinaryIO) -> str | None:
    try:
        ooxml.check(file)
    except ooxml.PackageError as refusal:
        return refusal.args[0]
    return None


def _check_pdf(file: BinaryIO) -> str | None:
    """Scanners that stop half-way and broken downloads leave the end mark out."""
    file.seek(max(0, size_of(file) - 4096))
    if b"%%EOF" not in file.read():
        return "không trọn vẹn (thiếu phần cuối PDF); hãy tải về hoặc quét lại rồi chọn lại."
    return None


def _check_png(file: BinaryIO) -> str | None:
    file.seek(0)
    head = file.read(24)
    if len(head) < 24 or head[12:16] != b"IHDR":
        return _BROKEN_PICTURE
    return _check_pixels(int.from_bytes(head[16:20]), int.from_bytes(head[20:24]))


def _check_jpeg(file: BinaryIO) -> str | None:
    """Walk the segments to the frame header, which holds height and width."""
    file.seek(2)
    while len(marker := file.read(4)) == 4 and marker[0] == 0xFF:
        length = int.from_bytes(marker[2:])
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            frame = file.read(5)
            return _check_pixels(int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]))
        if length < 2 or marker[1] == 0xDA:
            break
        file.seek(length - 2, 1)
    return _BROKEN_PICTURE


def _check_pixels(width: int, height: int) -> str | None:
    if not width or not height:
        return _BROKEN_PICTURE
    if width * height > MAX_PIXELS:
        millions = vn_number(MAX_PIXELS // 1_000_000)
        return (
            f"là ảnh {vn_number(width)} × {vn_number(height)} điểm, quá giới hạn {millions} triệu "
            "điểm; hãy giảm độ phân giải rồi chọn lại."
        )
    return None


# Names, sizes, sums


def size_of(file: BinaryIO) -> int:
    """Bytes that are really there; the declared size is not asked."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def megabytes(size: int) -> str:
    """Rounded up, so that a file just over the limit does not seem to be at it."""
    return f"{vn_number(-(-size * 10 // ooxml.MEBIBYTE) / 10)} MB"


def extension(name: str) -> str:
    """The ending of a file name, lower case, without its dot; empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def safe_name(name: str) -> str:
    """A name fit for display and for a download: NFC, no folders, no signs a system refuses.

    Letters keep their accents. The ending survives the shortening.
    """
    name = clean_line(re.split(r"[/\\]", name)[-1])
    name = re.sub(r'[<>:"|?*]', "_", name).strip(". ")
    if name.partition(".")[0].lower() in RESERVED_STEMS:
        name = f"tep-{name}"
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isascii() or len(ending) > 10:
        return _cut(name, NAME_LIMIT) or "tep-dinh-kem"
    return f"{_cut(stem, NAME_LIMIT - len(ending) - 1)}.{ending}"


def _cut(text: str, size: int) -> str:
    """At most ``size`` bytes, no letter cut in two."""
    return text.encode()[:size].decode(errors="ignore").rstrip(". ")


def display_name(file: BinaryIO) -> str:
    """The safe name of a file object, also of one that has none."""
    name = getattr(file, "name", None)
    return safe_name(name) if isinstance(name, str) and name else "không tên"


def sha256(file: BinaryIO) -> str:
    """The hash of the whole content in hexadecimal, in flat memory; the file is rewound."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
