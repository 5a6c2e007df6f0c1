"""Files on their way in, when the disk takes no more or the file has no end. The disk is real."""

import resource
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from config.upload_handlers import refusal_of

LARGE = b"x" * 3_000_000
"""Beyond what is held in memory."""


def request(content, name="a.csv"):
    data = {"before": "1", "tep": SimpleUploadedFile(name, content)}
    return RequestFactory().post("/", data)


@contextmanager
def room_for(size):
    """No file of this process grows beyond ``size`` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def folder(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def test_a_large_file_goes_to_disk_and_nowhere_else(folder):
    sent = request(LARGE)

    assert refusal_of(sent) == ""
    file = sent.FILES["tep"]
    assert Path(file.temporary_file_path()).parent == folder
    assert file.size == len(LARGE)
    file.close()
    assert [*folder.iterdir()] == []


def test_a_full_disk_is_a_sentence_and_leaves_no_file(folder):
    sent = request(LARGE)

    with room_for(1_000_000):
        reason = refusal_of(sent)

    assert "hết chỗ" in reason
    assert sent.POST["before"] == "1"
    assert "tep" not in sent.FILES
    assert [*folder.iterdir()] == []


def test_a_disk_that_takes_no_file_at_all_is_a_sentence(settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(Path(tempfile.gettempdir(), "khong-co-thu-muc-nay"))

    assert "hết chỗ" in refusal_of(request(LARGE))


def test_a_file_beyond_all_limits_is_not_kept_to_its_end(folder, settings):
    settings.IMPORT_MAX_BYTES = 2_800_000

    sent = request(LARGE)

    assert "lớn hơn giới hạn" in refusal_of(sent)
    assert "tep" not in sent.FILES
    assert [*folder.iterdir()] == []


def test_small_files_stay_in_memory(folder):
    sent = request(b"x" * 1000)

    assert refusal_of(sent) == ""
    assert sent.FILES["tep"].read() == b"x" * 1000
