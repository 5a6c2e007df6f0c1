"""Confirmed once, all or nothing; given up; taken back: page-sized files, on either database."""

from datetime import timedelta

import pytest

from config import clock
from config.workflow import RuleViolation, Stale
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.units import CommuneFactory, UserFactory
from tests.units.plan_road import (
    PlanRoad,
    SecretRoad,
    SweepRoad,
    csv_file,
    registered,
    row,
    xlsx_file,
)
from units.actions import (
    cancel_import,
    confirm_import,
    purge_imports,
    undo_import,
    upload_import,
)
from units.imports import road
from units.models import Import, LogEntry, PovertyPlan

pytestmark = pytest.mark.django_db
YEAR = {"year": 2023}
State = Import.State


@pytest.fixture
def kind(monkeypatch):
    return registered(monkeypatch, PlanRoad())


@pytest.fixture
def communes():
    return [CommuneFactory(code=f"0870{place}") for place in range(3)]


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Run an act and what follows once its transaction stands."""

    def run(act, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **options)

    return run


def plans(year=2023):
    found = PovertyPlan.objects.filter(year=year).order_by("unit__code")
    return {plan.unit.code: (str(plan.rate_reduction), plan.basis) for plan in found}


def test_what_is_confirmed_is_written_and_logged_once(kind, communes, user, stop_clock):
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.25", basis="cũ")
    at = stop_clock(2023, 12, 1, 9)
    job = upload_import(kind, csv_file(*map(row, communes[:2])), by=user, options=YEAR)

    job = confirm_import(job, by=user, seen=road.revision(job))

    assert plans() == {communes[0].code: ("0.50", "QĐ 1"), communes[1].code: ("0.50", "QĐ 1")}
    assert (job.state, job.confirmed_at, job.finished_at) == (State.DONE, at, at)
    entry = LogEntry.objects.get(action="import_file")
    assert (entry.by, entry.object_id) == (user, job.pk)
    assert entry.changes["sha256"] == job.sha256
    assert (entry.changes["new"], entry.changes["changed"]) == (1, 1)
    assert set(job.rows.values_list("object_id", flat=True)) == set(
        PovertyPlan.objects.values_list("pk", flat=True)
    )


def test_a_second_confirmation_is_refused_and_writes_nothing(kind, communes, user):
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    confirm_import(job, by=user)

    with pytest.raises(RuleViolation, match="“đã ghi”"):
        confirm_import(job, by=user)

    assert LogEntry.objects.filter(action="import_file").count() == 1


def test_a_faulty_file_cannot_be_confirmed(kind, communes, user):
    job = upload_import(kind, csv_file(row(communes[0], rate="x")), by=user, options=YEAR)

    with pytest.raises(RuleViolation, match="có lỗi phải sửa"):
        confirm_import(job, by=user)

    assert plans() == {}


@pytest.mark.parametrize("step", [confirm_import, cancel_import])
def test_nobody_else_confirms_or_cancels(kind, communes, user, step):
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)

    with pytest.raises(RuleViolation, match="Chỉ người tải tệp lên"):
        step(job, by=UserFactory())

    job.refresh_from_db()
    assert job.state == State.WAITING


def test_who_lost_the_office_since_confirms_nothing(kind, communes, user, monkeypatch):
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    monkeypatch.setattr(PlanRoad, "refused", "Bạn không còn nhiệm vụ này.")

    with pytest.raises(RuleViolation, match="không còn nhiệm vụ"):
        confirm_import(job, by=user)

    assert plans() == {}


def test_after_a_day_the_file_no_longer_waits(kind, communes, user):
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)

    with (
        clock.frozen(clock.now() + timedelta(hours=24, minutes=1)),
        pytest.raises(RuleViolation, match="24 giờ"),
    ):
        confirm_import(job, by=user)


def test_a_preview_overtaken_by_another_file_is_stale(kind, communes, user):
    first = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    second = upload_import(kind, csv_file(row(communes[1])), by=user, options=YEAR)
    seen = road.revision(first)
    confirm_import(second, by=user)

    with pytest.raises(Stale, match="một tệp khác cùng loại"):
        confirm_import(first, by=user, seen=seen)

    assert plans() == {communes[1].code: ("0.50", "QĐ 1")}
    first.refresh_from_db()
    confirm_import(first, by=user, seen=road.revision(first))
    assert len(plans()) == 2


def test_a_file_of_another_year_does_not_overtake(kind, communes, user):
    first = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    other = upload_import(kind, csv_file(row(communes[0])), by=user, options={"year": 2022})
    seen = road.revision(first)
    confirm_import(other, by=user)

    assert confirm_import(first, by=user, seen=seen).state == State.DONE


def test_a_row_changed_on_file_since_makes_the_preview_anew(kind, communes, user):
    job = upload_import(kind, csv_file(*map(row, communes[:2])), by=user, options=YEAR)
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.75", basis="mới")

    with pytest.raises(Stale, match="đã thay đổi"):
        confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.counts["new"], job.counts["changed"]) == (State.WAITING, 1, 1)
    assert job.rows.get(verdict="changed").before["rate"] == "0.75"
    assert plans() == {communes[1].code: ("0.75", "mới")}
    assert confirm_import(job, by=user).state == State.DONE


def test_a_row_that_became_wrong_since_makes_the_file_faulty(kind, communes, user):
    job = upload_import(kind, csv_file(*map(row, communes[:2])), by=user, options=YEAR)
    communes[1].code = "99999"
    communes[1].save()

    with pytest.raises(Stale):
        confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.counts["errors"], job.counts["faulty"]) == (State.FAULTY, 1, 1)
    assert job.problems.get().rule == "unknown_unit"
    assert plans() == {}


def test_a_failure_on_the_last_row_leaves_nothing_of_the_first(kind, communes, user, monkeypatch):
    job = upload_import(kind, csv_file(*map(row, communes)), by=user, options=YEAR)

    def breaks(self, job, around, *, by, at):
        raise RuleViolation("Không ghi được.")

    monkeypatch.setattr(PlanRoad, "after", breaks)
    with pytest.raises(RuleViolation, match="Không ghi được"):
        confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.WAITING, {})


def test_rows_that_the_file_lacks_go_with_the_confirmation(monkeypatch, communes, user):
    kind = registered(monkeypatch, SweepRoad())
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.25", basis="cũ")
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)

    confirm_import(job, by=user)

    assert plans() == {communes[0].code: ("0.50", "QĐ 1")}


def test_a_row_that_appeared_since_must_be_seen_before_it_goes(monkeypatch, communes, user):
    kind = registered(monkeypatch, SweepRoad())
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    PovertyPlanFactory(unit=communes[1])

    with pytest.raises(Stale):
        confirm_import(job, by=user)

    job.refresh_from_db()
    assert job.counts["removed"] == 1
    confirm_import(job, by=user)
    assert set(plans()) == {communes[0].code}


def test_what_a_concealing_kind_made_of_the_whole_outlives_a_preview_made_anew(
    monkeypatch, communes, user
):
    kind = registered(monkeypatch, SecretRoad())
    job = upload_import(kind, csv_file(*map(row, communes[:2])), by=user, options=YEAR)
    PovertyPlanFactory(unit=communes[0], rate_reduction="0.75")

    with pytest.raises(Stale):
        confirm_import(job, by=user)

    assert job.rows.get(part="dem").values == {"bases": 2}
    job.refresh_from_db()
    assert job.counts["parts"] == {"dem": {"new": 1}}
    assert confirm_import(job, by=user).state == State.DONE


# Given up


@pytest.mark.parametrize("rate", ["0.5", "x"])
def test_cancelling_lets_go_of_rows_and_file(kind, communes, user, rate, commits):
    job = upload_import(kind, csv_file(row(communes[0], rate=rate)), by=user, options=YEAR)
    path = job.file.path

    commits(cancel_import, job, by=user)

    job.refresh_from_db()
    assert (job.state, job.file.name) == (State.CANCELLED, "")
    assert not job.rows.exists()
    assert not job.problems.exists()
    with pytest.raises(FileNotFoundError):
        open(path).close()


def test_what_is_written_cannot_be_cancelled(kind, communes, user):
    job = confirm_import(
        upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR), by=user
    )

    with pytest.raises(RuleViolation, match="“đã ghi”"):
        cancel_import(job, by=user)


def test_the_next_upload_lets_go_of_what_nobody_confirmed(kind, communes, user, commits):
    old = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    written = confirm_import(
        upload_import(kind, csv_file(row(communes[2])), by=user, options=YEAR), by=user
    )

    with clock.frozen(clock.now() + timedelta(hours=25)):
        commits(upload_import, kind, csv_file(row(communes[1])), by=user, options=YEAR)

    old.refresh_from_db()
    assert (old.state, old.file.name, old.rows.count()) == (State.CANCELLED, "", 0)
    assert "24 giờ" in old.failure
    assert written.rows.count() == 1


def test_old_values_are_kept_as_long_as_the_import_can_be_undone(kind, communes, user, settings):
    job = confirm_import(
        upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR), by=user
    )

    with clock.frozen(clock.now() + timedelta(days=settings.IMPORT_UNDO_DAYS + 1)):
        assert purge_imports() == 0
        with pytest.raises(RuleViolation, match="Chỉ hoàn tác được trong"):
            undo_import(job, by=user)

    assert not job.rows.exists()
    assert len(plans()) == 1


# Taken back


def test_undoing_puts_every_row_back(kind, communes, user, commits):
    PovertyPlanFactory(unit=communes[1], rate_reduction="0.25", basis="cũ")
    PovertyPlanFactory(unit=communes[2], rate_reduction="0.50", basis="QĐ 1")
    before = plans()
    job = upload_import(kind, xlsx_file(*map(row, communes)), by=user, options=YEAR)
    job = confirm_import(job, by=user)

    job = commits(undo_import, job, by=user)

    assert plans() == before
    assert (job.state, job.undone_by) == (State.UNDONE, user)
    assert job.undone_at is not None
    assert not job.rows.exists()
    assert LogEntry.objects.filter(action="undo_import", object_id=job.pk).count() == 1


def test_what_rests_upon_it_holds_an_import_fast(kind, communes, user, monkeypatch):
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    job = confirm_import(job, by=user)
    monkeypatch.setattr(PlanRoad, "built_upon", ("Đã có báo cáo dùng số liệu này.",))

    with pytest.raises(RuleViolation, match="báo cáo dùng số liệu này"):
        undo_import(job, by=user)

    assert len(plans()) == 1


def test_a_row_changed_by_another_door_since_is_not_overwritten(kind, communes, user):
    job = upload_import(kind, csv_file(*map(row, communes)), by=user, options=YEAR)
    job = confirm_import(job, by=user)
    PovertyPlan.objects.filter(unit=communes[1]).update(rate_reduction="0.90")

    with pytest.raises(RuleViolation, match="dòng 3 đã được sửa"):
        undo_import(job, by=user)

    assert plans()[communes[1].code][0] == "0.90"
    assert len(plans()) == 3


def test_later_imports_are_taken_back_first(kind, communes, user):
    first, second = (
        confirm_import(
            upload_import(kind, csv_file(row(unit)), by=user, options=YEAR, ), by=user
        )
        for unit in communes[:2]
    )  # fmt: skip

    with pytest.raises(RuleViolation, match="hoàn tác lần nhập đó trước"):
        undo_import(first, by=user)

    undo_import(second, by=user)
    undo_import(first, by=user)
    assert plans() == {}


def test_an_undone_import_is_not_undone_twice(kind, communes, user):
    job = upload_import(kind, csv_file(row(communes[0])), by=user, options=YEAR)
    job = undo_import(confirm_import(job, by=user), by=user)

    with pytest.raises(RuleViolation, match="“đã hoàn tác”"):
        undo_import(job, by=user)


def test_the_system_acts_without_a_person(kind, communes):
    job = upload_import(kind, csv_file(row(communes[0])), by=None, options=YEAR)

    job = undo_import(confirm_import(job, by=None), by=None)

    assert (job.state, job.uploaded_by, plans()) == (State.UNDONE, None, {})
