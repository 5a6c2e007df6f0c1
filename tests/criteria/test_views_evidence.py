"""Evidence over the wire: as what it is, to whom it may concern, and each time logged."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from criteria import actions
from criteria.models import Evidence
from tests.config.packages import word_bytes
from tests.factories.criteria import (
    PDF,
    WORKDAY,
    answers_of,
    opened,
    pdf,
    reporter_of,
    set_of,
)
from tests.factories.units import CommuneFactory, DistrictFactory, person
from units.kinds import Role
from units.models import LogEntry


@pytest.fixture
def answer(unit, year):
    set_of(1, campaign=year.campaign)
    return answers_of(opened(unit, year.period))[0]


@pytest.fixture
def file(answer, reporter):
    return actions.attach_evidence(answer, pdf("Kế hoạch số 12.pdf"), by=reporter)


def address(file):
    return reverse("criteria:evidence", args=[file.pk])


def read(response):
    """The whole content; reading to the end also closes the file."""
    return b"".join(response.streaming_content)


def test_a_pdf_is_shown_as_what_it_is_and_can_do_nothing(client, file, reporter):
    client.force_login(reporter)

    response = client.get(address(file))

    assert read(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "inline; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%2012.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= set(policy)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_an_office_file_is_downloaded(client, answer, reporter):
    upload = SimpleUploadedFile("Bao cao.docx", word_bytes())
    file = actions.attach_evidence(answer, upload, by=reporter)
    client.force_login(reporter)

    response = client.get(address(file))

    assert response["Content-Disposition"] == 'attachment; filename="Bao cao.docx"'
    assert response["Content-Type"].endswith("wordprocessingml.document")
    read(response)


def test_each_opening_is_logged(client, file, reporter):
    client.force_login(reporter)

    read(client.get(address(file)))

    entry = LogEntry.objects.get(action="criteria.read_evidence")
    assert (entry.by, entry.object_id, entry.unit) == (
        reporter,
        file.pk,
        file.answer.checklist.unit,
    )


def test_neighbours_get_a_404_and_leave_no_trace(client, file, unit, year):
    strangers = [
        reporter_of(DistrictFactory(parent=year.province)),
        reporter_of(CommuneFactory(parent=unit)),
        person(Role.ADMINISTRATOR, year.province),
        person(Role.COUNCIL, unit),
    ]
    Evidence.objects.update(sent_at=WORKDAY)

    for stranger in strangers:
        client.force_login(stranger)
        assert client.get(address(file)).status_code == 404
    assert not LogEntry.objects.filter(action="criteria.read_evidence").exists()


def test_the_board_sees_it_from_the_sending_on(client, file, board):
    client.force_login(board)
    assert client.get(address(file)).status_code == 404

    Evidence.objects.update(sent_at=WORKDAY)
    response = client.get(address(file))
    assert response.status_code == 200
    read(response)


def test_a_file_taken_out_later_still_serves_the_version_that_names_it(client, file, board):
    Evidence.objects.update(sent_at=WORKDAY, removed_at=WORKDAY)
    client.force_login(board)

    response = client.get(address(file))
    assert response.status_code == 200
    read(response)


def test_strangers_sign_in_first_and_what_is_not_there_is_not_there(client, file, reporter):
    assert client.get(address(file)).status_code == 302
    client.force_login(reporter)
    assert client.get(reverse("criteria:evidence", args=[file.pk + 1])).status_code == 404
    assert client.post(address(file)).status_code == 405


def test_a_file_lost_from_the_store_is_a_404(client, file, reporter):
    default_storage.delete(file.file.name)
    client.force_login(reporter)

    assert client.get(address(file)).status_code == 404
    assert not LogEntry.objects.filter(action="criteria.read_evidence").exists()
