"""The import road: a file becomes waiting rows, each with its verdict and what is wrong with it."""

import errno
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory, UserFactory
from tests.units.plan_road import (
    PlanRoad,
    SecretRoad,
    SweepRoad,
    csv_file,
    registered,
    row,
    xlsx_file,
)
from units.actions import upload_import
from units.imports import road
from units.imports.road import waiting
from units.models import Import, ImportProblem, ImportRow

pytestmark = pytest.mark.django_db
YEAR = {"year": 2023}


@pytest.fixture
def kind(monkeypatch):
    return registered(monkeypatch, PlanRoad())


@pytest.fixture
def communes():
    return [CommuneFactory(code=f"0870{place}") for place in range(4)]


@pytest.fixture
def user():
    return UserFactory()


def verdicts(job):
    return dict(job.rows.order_by("number").values_list("key", "verdict"))


def findings(job):
    return [
        (found.address, found.rule, found.blocking)
        for found in job.problems.order_by("number", "pk")
    ]


@pytest.mark.parametrize("made", [csv_file, xlsx_file])
def test_each_row_waits_with_its_verdict_and_what_it_would_replace(kind, communes, user, made):
    new, changed, same, _ = communes
    PovertyPlanFactory(unit=changed, rate_reduction="0.25", basis="QĐ 1")
    PovertyPlanFactory(unit=same, rate_reduction="0.50", basis="QĐ 1")

    job = upload_import(kind, made(*map(row, (new, changed, same))), by=user, options=YEAR)

    assert job.state == Import.State.WAITING
    assert verdicts(job) == {new.code: "new", changed.code: "changed", same.code: "same"}
    waiting = job.rows.get(key=changed.code)
    assert (waiting.values["rate"], waiting.before["rate"]) == ("0.5", "0.25")
    assert job.rows.get(key=same.code).before is None
    assert {name: job.counts[name] for name in ("new", "changed", "same", "removed", "errors")} == {
        "new": 1, "changed": 1, "same": 1, "removed": 0, "errors": 0,
    }  # fmt: skip
    assert [unit[0] for unit in job.counts["units"]] == [new.pk, changed.pk, same.pk]


def test_a_faulty_file_tells_every_fault_and_keeps_no_values_of_wrong_rows(kind, communes, user):
    good = row(communes[0])
    file = csv_file(
        good,
        row(communes[1], rate="-1"),
        row(communes[2], code="99999"),
        row(communes[3], rate="60"),
        row(communes[1], rate=""),
    )

    job = upload_import(kind, file, by=user, options=YEAR)

    assert job.state == Import.State.FAULTY
    assert findings(job) == [
        ("dòng 3", "negative", True),
        ("dòng 4", "unknown_unit", True),
        ("dòng 5", "large", False),
        ("dòng 6", "missing_value", True),
        ("dòng 6", "duplicate_id", True),
    ]
    assert (job.counts["errors"], job.counts["notes"]) == (4, 1)
    wrong = job.rows.filter(verdict=ImportRow.Verdict.FAULTY)
    assert [kept.values for kept in wrong] == [{}, {}]


def test_the_later_of_two_rows_of_one_key_is_told_where_the_first_is(kind, communes, user):
    job = upload_import(
        kind, xlsx_file(row(communes[0]), row(communes[0], rate="0.7")), by=user, options=YEAR
    )

    told = job.problems.get(rule="duplicate_id")
    first = job.rows.get().number
    assert told.number == first + 1
    assert f"trùng với dòng {first};" in told.message
    assert told.address == f"A{told.number}"
    assert (job.counts["new"], job.counts["faulty"]) == (1, 1)


def test_doubled_keys_are_found_across_chunks(kind, communes, user):
    lines = [row(communes[0], code=f"{number:05}") for number in range(5_001)]

    job = upload_import(kind, csv_file(*lines, lines[0], lines[4_999]), by=user, options=YEAR)

    told = job.problems.filter(rule="duplicate_id").order_by("number")
    assert [found.message.partition(";")[0] for found in told] == [
        "trùng với dòng 2", "trùng với dòng 5001",
    ]  # fmt: skip
    assert job.counts["faulty"] == 5_003
    assert job.rows.count() == 5_001


def test_findings_beyond_those_kept_are_counted(kind, communes, user):
    lines = [row(communes[0], code=f"{number:05}", rate="-1") for number in range(5_100)]

    job = upload_import(kind, csv_file(*lines), by=user, options=YEAR)

    assert job.counts["errors"] == 10_200
    assert job.problems.count() == 10_000


def test_cells_put_in_order_are_told_in_one_line(kind, communes, user):
    lines = [row(unit, name=f" {unit.name} ") for unit in communes[:2]]

    job = upload_import(kind, csv_file(*lines), by=user, options=YEAR)

    assert job.state == Import.State.WAITING
    assert job.counts["normalised"] == 2
    assert road.preview.doubts(job) == []
    assert [note for note in road.preview.notes(job) if note.startswith("2 ô được chuẩn hóa")]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (csv_file(name="a.doc"), "không phải .xlsx hoặc .csv"),
        (csv_file(), "chưa có dòng dữ liệu nào"),
        (xlsx_file(name="a.csv"), "a.csv"),
    ],
)
def test_a_file_refused_whole_leaves_neither_row_nor_file(kind, user, file, words, settings):
    with pytest.raises(RuleViolation, match=words):
        upload_import(kind, file, by=user, options=YEAR)

    assert not Import.objects.exists()
    assert files(settings) == []


def test_a_file_beyond_the_limit_is_refused(kind, communes, user, settings):
    settings.IMPORT_MAX_BYTES = 20

    with pytest.raises(RuleViolation, match="quá giới hạn"):
        upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)


def test_who_may_not_bring_it_in_is_refused_before_the_file_is_read(kind, user):
    with pytest.raises(RuleViolation, match="Năm quá xa"):
        upload_import(kind, csv_file(name="a.doc"), by=user, options={"year": 2090})


def test_the_stream_gives_the_verdicts_of_the_page(kind, communes, user, settings):
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.25", basis="QĐ 1")
    lines = [*map(row, communes[:3]), row(communes[0]), row(communes[3], rate="x")]
    page = upload_import(kind, csv_file(*lines), by=user, options=YEAR)
    settings.IMPORT_IN_REQUEST_BYTES = 0

    stream = upload_import(kind, csv_file(*lines), by=user, options=YEAR)

    assert not road.is_page_sized(stream)
    fields = ("number", "key", "unit", "verdict", "values", "before")
    assert [*stream.rows.order_by("number").values(*fields)] == [
        *page.rows.order_by("number").values(*fields)
    ]
    assert findings(stream) == findings(page)
    assert (stream.state, stream.counts) == (page.state, page.counts)


def test_the_admin_door_gives_the_same_verdict_without_keeping_anything(kind, communes, user):
    lines = [row(communes[0]), row(communes[0], rate="0.7"), row(communes[1], rate="-1")]
    job = upload_import(kind, csv_file(*lines), by=user, options=YEAR)
    before = ImportRow.objects.count(), ImportProblem.objects.count()

    told = road.verdict(kind, YEAR, [line | {"rate": float(line["rate"])} for line in lines], user)

    assert [line.verdict for line in told] == ["new", "faulty", "faulty"]
    rules = [(line.number + 1, found.rule) for line in told for found in line.problems]
    assert rules == [*job.problems.order_by("number", "pk").values_list("number", "rule")]
    assert told[0].values == job.rows.get(key=communes[0].code, verdict="new").values
    assert before == (ImportRow.objects.count(), ImportProblem.objects.count())


def test_rows_on_file_that_the_file_lacks_are_told(monkeypatch, communes, user):
    kind = registered(monkeypatch, SweepRoad())
    PovertyPlanFactory(unit=communes[1])

    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)

    assert verdicts(job) == {communes[0].code: "new", communes[1].code: "removed"}
    assert job.counts["removed"] == 1


@pytest.mark.parametrize("most", [0, 1_000_000])  # stored for a worker, or read at once
def test_a_concealed_column_is_counted_and_kept_nowhere(
    monkeypatch, communes, user, settings, django_capture_on_commit_callbacks, most
):
    kind = registered(monkeypatch, SecretRoad())
    settings.IMPORT_IN_REQUEST_BYTES = most

    with django_capture_on_commit_callbacks(execute=True):
        job = upload_import(kind, csv_file(row(communes[0], basis="bí mật")), by=user, options=YEAR)

    assert job.state == Import.State.WAITING
    assert "basis" not in job.rows.get(part="").values
    assert job.rows.get(part="dem").values == {"bases": 1}
    assert job.counts["parts"] == {"dem": {"new": 1}}
    assert files(settings) == []


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


class Full(FileSystemStorage):
    """A store of files whose disk is full after the first few bytes."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("most", [0, 1_000_000])
def test_a_full_store_is_a_sentence_and_leaves_neither_row_nor_file(
    kind, communes, user, settings, most
):
    settings.IMPORT_IN_REQUEST_BYTES = most
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Full"}}

    with pytest.raises(RuleViolation, match="hết chỗ"):
        upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)

    assert not Import.objects.exists()
    assert not ImportRow.objects.exists()
    assert files(settings) == []


# Counts by unit


def test_counts_of_many_units_are_those_of_the_units_above(monkeypatch, user):
    """A unit that stands under nothing counts for itself."""
    monkeypatch.setattr(waiting, "UNITS_COUNTED", 3)
    one, other = DistrictFactory(), DistrictFactory()
    first, second = (CommuneFactory(parent=one) for _ in range(2))
    third, alone = CommuneFactory(parent=other), ProvinceFactory(parent=None)
    tally = waiting.Tally()
    told = [("new", first), ("new", first), ("same", second), ("new", third), ("changed", alone)]

    for verdict, unit in told:
        tally.take(verdict, unit.pk)
    tally.take("faulty", None)

    counts = tally.counts(Import(pk=0))
    assert {unit: numbers for unit, *numbers in counts["units"]} == {
        one.pk: [2, 0, 1, 0, 0], other.pk: [1, 0, 0, 0, 0], alone.pk: [0, 1, 0, 0, 0]
    }  # fmt: skip
    assert (counts["new"], counts["faulty"]) == (3, 1)


def test_counts_of_few_units_are_their_own():
    tally = waiting.Tally()
    for verdict, unit in (("same", 7), ("new", 3), ("new", 7)):
        tally.take(verdict, unit)

    assert tally.counts(Import(pk=0))["units"] == [[3, 1, 0, 0, 0, 0], [7, 1, 0, 1, 0, 0]]
