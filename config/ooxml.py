"""Word and Excel files (Office Open XML packages), looked through before anybody trusts them.

A .docx or .xlsx is a zip of XML parts. ``check`` bounds it (a few kilobytes can unpack to
gigabytes), streams every part once and refuses macros, document type definitions (entity bombs),
programs, passwords, DDE and links that fetch something from the network when the file is opened.
Memory stays flat; nothing is written to disk.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

MEBIBYTE = 1024 * 1024
CHUNK = 64 * 1024
CONTENT_TYPES = "[Content_Types].xml"

_OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{_OFFICE}wordprocessingml.template.main+xml": "dotx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OFFICE}spreadsheetml.template.main+xml": "xltx",
    f"{_OFFICE}presentationml.presentation.main+xml": "pptx",
    "application/vnd.ms-word.document.macroenabled.main+xml": "docm",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "docm",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "xlsb",
}
"""Content type of the main part (lower case) → what the package is."""

MACRO = "có chứa macro; hãy lưu lại dạng không có macro (.docx, .xlsx) rồi chọn lại."
BROKEN = "bị hỏng hoặc không trọn vẹn; hãy mở bằng Word hoặc Excel, lưu lại rồi chọn lại."
LOCKED = "đang đặt mật khẩu; hãy bỏ mật khẩu, lưu lại rồi chọn lại."
BOMB = (
    "khi giải nén lớn bất thường nên không được mở; hãy bỏ bớt ảnh và dữ liệu thừa, "
    "lưu lại rồi chọn lại."
)
DOCTYPE = (
    "có khai báo kiểu tài liệu (DTD), thứ mà Word và Excel không bao giờ ghi; "
    "hãy mở bằng Word hoặc Excel, lưu lại rồi chọn lại."
)
NETWORK = (
    "tự lấy dữ liệu từ mạng khi mở ({target}); hãy cắt liên kết đó (Dữ liệu → Sửa liên kết), "
    "lưu lại rồi chọn lại."
)

# Parts that can run something, by a pattern of the lower-case name, and what to do about it.
_FORBIDDEN = (
    (r"(^|/)vba(project|data|projectsignature)|(^|/)(macrosheets|dialogsheets)/", MACRO),
    (
        r"(^|/)activex/|(^|/)embeddings/.+(?<!\.xlsx)(?<!\.docx)(?<!\.pptx)$",
        "có đối tượng nhúng (ActiveX, OLE); hãy xóa đối tượng đó hoặc lưu tệp thành PDF.",
    ),
    (
        r"^xl/(connections\.xml|querytables/)",
        "có kết nối dữ liệu ra ngoài; hãy xóa kết nối (Dữ liệu → Truy vấn và kết nối), "
        "lưu lại rồi chọn lại.",
    ),
    (
        r"^meta-inf/|\.(class|jar|exe|dll|com|scr|msi|bat|cmd|ps1|vbs|jse?|wsf|hta|lnk|sh|py|php"
        r"|mht(ml)?|x?html?)$",
        "có chương trình hoặc trang mã lẫn bên trong; hãy lưu lại bằng Word hoặc Excel "
        "rồi chọn lại.",
    ),
)
_FORBIDDEN = tuple((re.compile(pattern), reason) for pattern, reason in _FORBIDDEN)
_LOCAL_TARGET = re.compile(r"file:/{3}(?!/)|[a-z]:[\\/]", re.IGNORECASE)
_NETWORK_TARGET = re.compile(r"[a-z][a-z0-9+.-]+:|//|\\\\", re.IGNORECASE)


class PackageError(Exception):
    """The file is refused. ``args[0]`` goes on after "Tệp “…” " and names rule and remedy."""


@dataclass(frozen=True)
class Limits:
    """How much a package may hold; sizes in bytes, unpacked unless said otherwise."""

    max_unpacked: int = 200 * MEBIBYTE
    max_part: int = 64 * MEBIBYTE
    max_ratio: int = 200
    """Unpacked to packed, for parts over one mebibyte; ordinary sheets reach about 50."""
    max_parts: int = 2_000
    max_elements: int = 5_000_000


DEFAULT = Limits()
Attributes = dict[str, str]
See = Callable[[Attributes], None]


class Tally:
    """How many elements went by, over all parts of the package."""

    elements = 0


class Watch:
    """Looks at one part as it streams by."""

    seen: Mapping[str, See] = {}
    """What takes in the elements of a name ("namespace local")."""

    def pace(self) -> None:
        """Called after each chunk; may refuse."""


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The package as a zip; whatever a broken one makes the zip reader raise becomes a refusal."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError) as error:
        raise PackageError(BROKEN) from error
    except (NotImplementedError, RuntimeError, OverflowError) as error:
        raise PackageError(BROKEN) from error
    finally:
        file.seek(0)


def check(
    file: BinaryIO,
    limits: Limits = DEFAULT,
    *,
    watch: Callable[[str, Tally], Watch | None] | None = None,
) -> None:
    """Refuse a package that is broken, oversized or able to do harm (``PackageError``).

    ``watch(part, tally)`` may give something that looks at that part too.
    """
    with opened(file) as archive:
        _check_directory(archive.infolist(), limits)
        scan = _Scan(limits)
        for info in archive.infolist():
            extra = watch(info.filename, scan.tally) if watch else None
            with archive.open(info) as source:
                scan.part(info.filename, source, extra or Watch())


def main_kind(file: BinaryIO) -> str:
    """What the content types say the package is ("docx", "xlsm", …); "zip" when they do not."""
    types: set[str] = set()

    def collect(attributes: Attributes) -> None:
        types.add(attributes.get("ContentType", "").lower())

    try:
        with opened(file) as archive:
            info = archive.getinfo(CONTENT_TYPES)
            if info.file_size > MEBIBYTE:
                return "zip"
            with archive.open(info) as source:
                _Scan(DEFAULT).part(CONTENT_TYPES, source, Watch(), telling=collect)
    except (KeyError, PackageError):
        return "zip"
    kinds = {MAIN_PARTS[kind] for kind in types & MAIN_PARTS.keys()}
    return kinds.pop() if len(kinds) == 1 else "zip"


def _check_directory(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Judge the table of contents alone, before anything is unpacked."""
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise PackageError(LOCKED)
    if len(set(names)) < len(names) or any(part.compress_type not in (0, 8) for part in parts):
        raise PackageError(BROKEN)
    if min((part.header_offset for part in parts), default=0):
        raise PackageError(BROKEN)  # something else stands before the package
    if len(parts) > limits.max_parts or any(_swells(part, limits) for part in parts):
        raise PackageError(BOMB)
    if sum(part.file_size for part in parts) > limits.max_unpacked:
        raise PackageError(BOMB)
    for reason in filter(None, map(_forbidden, names)):
        raise PackageError(reason)


def _forbidden(name: str) -> str | None:
    return next((reason for pattern, reason in _FORBIDDEN if pattern.search(name)), None)


def _swells(part: zipfile.ZipInfo, limits: Limits) -> bool:
    if part.file_size > limits.max_part:
        return True
    ratio = part.file_size / max(part.compress_size, 1)
    return part.file_size > MEBIBYTE and ratio > limits.max_ratio


class _Scan:
    """Streams the parts of one package through expat and counts over all of them."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.tally = Tally()

    def part(self, name: str, source: BinaryIO, watch: Watch, telling: See | None = None) -> None:
        """Read one part to its end, which also proves its checksum; parse it if it is XML.

        What counts is the content, not the name: a reader follows relationships, and these may
        call any part a sheet. ``telling`` takes the elements that could do harm.
        """
        chunk = source.read(CHUNK)
        blanks = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
        parser = None
        if chunk.lstrip(blanks)[:1] == b"<":
            parser = self._parser(watch, telling or _refuse_harm)
        while chunk:
            if parser and not self._fed(parser, name, chunk):
                parser = None
            watch.pace()
            chunk = source.read(CHUNK)
        if parser:
            self._fed(parser, name, b"", last=True)

    def _parser(self, watch: Watch, telling: See):
        tally, find = self.tally, watch.seen.get

        def element(name: str, attributes: Attributes) -> None:
            """Called a million times for a large sheet."""
            tally.elements += 1
            see = find(name)
            if see is not None:
                see(attributes)
            elif not _TELLING.isdisjoint(attributes):
                telling(attributes)

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = element
        return parser

    def _fed(self, parser, name: str, chunk: bytes, *, last: bool = False) -> bool:
        """False when the rest cannot be parsed; Excel's own .vml drawings often cannot."""
        try:
            parser.Parse(chunk, last)
        except (expat.ExpatError, LookupError) as error:  # the latter: an unknown encoding
            if not name.lower().endswith(".vml"):
                raise PackageError(BROKEN) from error
            return False
        if self.tally.elements > self.limits.max_elements:
            raise PackageError(BOMB)
        return True


_TELLING = frozenset(("TargetMode", "ddeService", "ContentType"))
"""Attributes of the elements that could do harm; none of them stands on a cell."""


def _refuse_doctype(*declaration) -> None:
    raise PackageError(DOCTYPE)


def _refuse_harm(attributes: Attributes) -> None:
    if attributes.get("TargetMode") == "External":
        _check_link(attributes)
    elif "ddeService" in attributes:
        raise PackageError(NETWORK.format(target="liên kết DDE"))
    elif "ContentType" in attributes:
        kind = attributes["ContentType"].lower()
        if "vbaproject" in kind or "macroenabled" in kind:
            raise PackageError(MACRO)


def _check_link(attributes: Attributes) -> None:
    """A link that a person clicks is theirs to judge; one that is followed unasked is not.

    A template or picture on the author's own disk is harmless and common, one on a server is
    fetched by whoever opens the file.
    """
    target = attributes.get("Target", "")
    if attributes.get("Type", "").endswith("/hyperlink") or _LOCAL_TARGET.match(target):
        return
    if _NETWORK_TARGET.match(target):
        raise PackageError(NETWORK.format(target=target[:80]))
