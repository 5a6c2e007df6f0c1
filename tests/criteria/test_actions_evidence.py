"""Evidence: judged by content, bounded, kept privately, taken out softly."""

import hashlib
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from config.workflow import RuleViolation
from criteria import actions
from criteria.models import Evidence
from tests.config.packages import word_bytes, workbook_bytes
from tests.factories.criteria import (
    PDF,
    WORKDAY,
    answers_of,
    handed_in,
    opened,
    pdf,
    reporter_of,
    set_of,
)
from tests.factories.units import CommuneFactory, DistrictFactory, person
from units.kinds import Role
from units.models import LogEntry


def png(width=3, height=2):
    chunk = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    crc = zlib.crc32(chunk).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + chunk + crc + b"\0\0\0\0IEND\xaeB`\x82"


@pytest.fixture
def answer(unit, year):
    set_of(2, campaign=year.campaign)
    return answers_of(opened(unit, year.period))[0]


def refusal(answer, upload, by):
    with pytest.raises(RuleViolation) as caught:
        actions.attach_evidence(answer, upload, by=by)
    assert not stored_files()
    return " ".join(caught.value.args)


def stored_files():
    """Every file in the private store."""
    if not default_storage.exists("evidence"):
        return []
    folders, _ = default_storage.listdir("evidence")
    return [file for each in folders for file in default_storage.listdir(f"evidence/{each}")[1]]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Kế hoạch số 12.pdf", PDF, "pdf"),
        ("ảnh.png", png(), "png"),
        ("Báo cáo.docx", word_bytes(), "docx"),
        ("Biểu.xlsx", workbook_bytes(), "xlsx"),
    ],
)
def test_a_file_is_kept_with_its_hash(answer, reporter, name, content, kind):
    file = actions.attach_evidence(answer, SimpleUploadedFile(name, content), by=reporter)

    assert (file.name, file.kind, file.size) == (name, kind, len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert (file.added_at, file.added_by, file.sent_at) == (WORKDAY, reporter, None)
    with file.file.open("rb") as kept:
        assert kept.read() == content
    assert LogEntry.objects.get(action="criteria.attach").by == reporter


def test_the_stored_name_tells_nothing(answer, reporter):
    file = actions.attach_evidence(answer, pdf("../../danh sách hộ nghèo.pdf"), by=reporter)

    assert file.name == "danh sách hộ nghèo.pdf"
    assert file.file.name.startswith(f"evidence/{file.sha256[:2]}/{file.sha256}-{file.token}")
    assert "nghèo" not in file.file.name


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bao-cao.pdf", b"MZ" + bytes(200), "chương trình máy tính"),
        ("bao-cao.docx", PDF, "nội dung là PDF"),
        ("trong.pdf", b"", "trống (0 byte)"),
        ("trang.html", b"<!doctype html><script>1</script>", "trang web (HTML)"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(answer, reporter, name, content, words):
    assert words in refusal(answer, SimpleUploadedFile(name, content), reporter)


def test_an_oversize_file_is_refused(answer, reporter, settings):
    settings.EVIDENCE_MAX_BYTES = 100

    assert "quá giới hạn" in refusal(answer, pdf(content=PDF + bytes(100) + b"%%EOF"), reporter)


def test_only_so_many_files_an_answer(answer, reporter, settings):
    settings.EVIDENCE_MAX_FILES = 2
    for number in range(2):
        actions.attach_evidence(answer, pdf(content=PDF + bytes([number])), by=reporter)

    with pytest.raises(RuleViolation, match="đã có 2 tệp, tối đa 2"):
        actions.attach_evidence(answer, pdf(content=PDF + b"3"), by=reporter)
    assert len(stored_files()) == 2


def test_the_same_file_twice_is_refused_kindly_and_goes_to_another_answer(answer, reporter):
    actions.attach_evidence(answer, pdf("Kế hoạch.pdf"), by=reporter)

    with pytest.raises(RuleViolation) as caught:
        actions.attach_evidence(answer, pdf("Bản sao.pdf"), by=reporter)
    assert "“Bản sao.pdf” đã được đính kèm" in caught.value.args[0]
    assert "với tên “Kế hoạch.pdf”; không cần gửi lại" in caught.value.args[0]

    other = answers_of(answer.checklist)[1]
    actions.attach_evidence(other, pdf(), by=reporter)
    assert Evidence.objects.count() == 2


def test_a_file_taken_out_stays_stored_and_may_come_back(answer, reporter):
    file = actions.attach_evidence(answer, pdf(), by=reporter)

    actions.remove_evidence(file, by=reporter)
    actions.remove_evidence(file, by=reporter)
    again = actions.attach_evidence(answer, pdf(), by=reporter)

    file.refresh_from_db()
    assert file.removed_at == WORKDAY
    assert list(answer.evidence.attached()) == [again]
    assert len(stored_files()) == 2
    assert LogEntry.objects.filter(action="criteria.detach").count() == 1


def test_a_row_that_cannot_be_kept_leaves_no_file(answer, reporter, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("no space")

    monkeypatch.setattr(Evidence, "save", fail)

    with pytest.raises(RuntimeError):
        actions.attach_evidence(answer, pdf(), by=reporter)
    assert not stored_files()


def test_strangers_attach_and_remove_nothing(answer, reporter, unit, year, board):
    file = actions.attach_evidence(answer, pdf(), by=reporter)
    strangers = [
        board,
        reporter_of(DistrictFactory(parent=year.province)),
        reporter_of(CommuneFactory(parent=unit)),
        person(Role.POVERTY_DESK, unit),
    ]

    for stranger in strangers:
        with pytest.raises(RuleViolation, match="Chỉ người lập báo cáo"):
            actions.attach_evidence(answer, pdf(content=PDF + b"2"), by=stranger)
        with pytest.raises(RuleViolation, match="Chỉ người lập báo cáo"):
            actions.remove_evidence(file, by=stranger)


def test_after_handing_in_nothing_moves(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    (answer,) = answers_of(handed_in(unit, year.period))

    assert "đã nộp nên không sửa được" in refusal(answer, pdf(), reporter)


# Who sees it


@pytest.fixture
def file(unit, year):
    set_of(1, campaign=year.campaign)
    (answer,) = answers_of(opened(unit, year.period))
    return actions.attach_evidence(answer, pdf(), by=reporter_of(unit))


def seen(file, user):
    return Evidence.objects.visible_to(user).filter(pk=file.pk).exists()


def people(unit, year):
    """name → (user, sees it before the sending, sees it after)"""
    return {
        "reporter": (reporter_of(unit), True, True),
        "leader": (person(Role.LEADER, unit), True, True),
        "council member in the unit": (person(Role.COUNCIL, unit), False, False),
        "above": (reporter_of(year.province), False, True),
        "board": (person(Role.BOARD, year.board), False, True),
        "poverty desk": (person(Role.POVERTY_DESK, year.board), False, True),
        "viewer": (person(Role.PROVINCE_VIEWER, year.province), False, True),
        "below": (reporter_of(CommuneFactory(parent=unit)), False, False),
        "neighbour": (reporter_of(DistrictFactory(parent=year.province)), False, False),
        "administrator": (person(Role.ADMINISTRATOR, year.province), False, False),
        "past reporter": (
            person(Role.REPORTER, unit, ends=WORKDAY.date()),
            False,
            False,
        ),
    }


def test_from_above_only_what_was_sent_is_seen(file, unit, year):
    everybody = people(unit, year)
    before = {name: seen(file, user) for name, (user, _, _) in everybody.items()}
    Evidence.objects.update(sent_at=WORKDAY)
    after = {name: seen(file, user) for name, (user, _, _) in everybody.items()}

    assert before == {name: row[1] for name, row in everybody.items()}
    assert after == {name: row[2] for name, row in everybody.items()}
