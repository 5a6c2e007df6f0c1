"""Writing the review: once, whole, by the right person, with the old values in the log."""

import pytest

from config.workflow import RuleViolation, Stale
from tests.factories.poverty import PovertyReviewFactory, both_standards, two_districts
from tests.factories.units import person
from tests.units.review_workbooks import BALANCED, KIND, counts, filled, read
from units.actions import confirm_import, undo_import
from units.actions.reviews import followers
from units.imports import road
from units.kinds import Role
from units.models import Import, LogEntry, PovertyReview
from units.models.poverty import Stage
from units.poverty.figures import COUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _december(stop_clock):
    stop_clock(2023, 12, 20, 8)


@pytest.fixture
def communes(db):
    both_standards()
    _, ((_, first), (_, second)) = two_districts()
    return [*first, *second]


@pytest.fixture
def desk(communes):
    return person(Role.POVERTY_DESK, communes[0].parent.parent)


@pytest.fixture
def told():
    """The years that the apps above were told of."""
    years = []
    follow = years.append
    followers.append(follow)
    yield years
    followers.remove(follow)


def waiting(by, *changes, **options):
    stage = options.get("stage", Stage.OFFICIAL)
    year = options.get("year", 2023)
    return read(filled(*changes, **options), year=year, stage=stage, by=by)


def written(by, *changes, **options):
    return confirm_import(waiting(by, *changes, **options), by=by)


def entries(action):
    return LogEntry.objects.filter(action=action).order_by("pk")


# Coming in


def test_a_workbook_waits_and_writes_no_figure(desk):
    file = waiting(desk)

    assert (file.state, file.options) == ("waiting", {"nam": 2023, "muc": "official"})
    assert not PovertyReview.objects.exists()


@pytest.mark.parametrize(
    ("year", "says"),
    [(2024, "Năm 2024 chưa đến"), (2015, "Chưa khai báo chuẩn nghèo đo năm 2015")],
)
def test_a_year_that_cannot_be_measured_is_refused(desk, year, says):
    with pytest.raises(RuleViolation, match=says):
        read(filled(), year=year, by=desk)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.POVERTY_DESK}))
def test_nobody_else_brings_a_review_in_or_confirms_it(desk, communes, role):
    other = person(role, communes[0].parent.parent)
    file = waiting(desk)

    for act in (lambda: waiting(other), lambda: confirm_import(file, by=other)):
        with pytest.raises(RuleViolation):
            act()

    assert not PovertyReview.objects.exists()


# Writing


def test_confirming_writes_every_row_with_its_source_and_standard(desk, communes, told):
    file = written(desk)

    reviews = PovertyReview.objects.all()
    assert {review.unit for review in reviews} == set(communes)
    assert {(r.year, r.stage, r.source, r.standard.code) for r in reviews} == {
        (2023, Stage.OFFICIAL, file, "2022-2025")
    }
    assert {name: getattr(reviews[0], name) for name in COUNTS} == {
        name: BALANCED[name] for name in COUNTS
    }
    assert counts(file) == {"new": 4, "changed": 0, "same": 0, "removed": 0}
    assert set(file.rows.values_list("object_id", flat=True)) == {r.pk for r in reviews}
    assert told == [2023]


def test_a_file_that_changes_nothing_tells_nobody(desk, told):
    written(desk)
    written(desk)

    assert told == [2023]


def test_the_year_2021_is_kept_under_the_old_standard(desk):
    written(desk, year=2021)

    assert {review.standard.code for review in PovertyReview.objects.all()} == {"2016-2020"}


def test_one_wrong_row_keeps_all_rows_out(desk):
    file = waiting(desk, {}, {"poor_closing": 99})

    with pytest.raises(RuleViolation):
        confirm_import(file, by=desk)

    assert not PovertyReview.objects.exists()


def test_the_appointment_lost_between_preview_and_confirmation(desk):
    file = waiting(desk)
    desk.appointments.update(ends="2023-12-20")
    desk = type(desk).objects.get(pk=desk.pk)

    with pytest.raises(RuleViolation):
        confirm_import(file, by=desk)


def test_a_unit_that_ended_since_the_preview_is_not_written(desk, communes):
    file = waiting(desk)
    communes[0].valid_to = "2023-12-01"
    communes[0].save()

    with pytest.raises(Stale):
        confirm_import(file, by=desk)

    assert not PovertyReview.objects.exists()
    assert "dissolved_unit" in set(file.problems.values_list("rule", flat=True))


def test_a_newer_file_replaces_the_figures_and_the_log_keeps_the_old_ones(desk, communes):
    written(desk)
    file = written(desk, {"households": 990, "poor_unable": 4})

    review = PovertyReview.objects.get(unit=communes[0])
    assert (review.households, review.poor_unable, review.source) == (990, 4, file)
    assert counts(file) == {"new": 0, "changed": 1, "same": 3, "removed": 0}
    entry = entries("replace_review").get()
    assert entry.unit == communes[0]
    assert entry.changes == {"households": [1000, 990], "poor_unable": [5, 4]}
    assert PovertyReview.objects.exclude(unit=communes[0]).exclude(source=file).count() == 3


def test_an_area_that_the_newer_file_no_longer_has_goes_and_is_logged(desk, communes):
    PovertyReviewFactory(unit=communes[0], area="urban", households=321)

    written(desk)

    assert PovertyReview.objects.get(unit=communes[0]).area == "rural"
    assert entries("remove_review").get().changes["households"] == [321, None]


def test_preliminary_and_official_stand_side_by_side(desk):
    written(desk, stage=Stage.PRELIMINARY)
    written(desk)

    assert PovertyReview.objects.count() == 8


def test_a_preview_overtaken_by_another_file_is_stale(desk, communes):
    colleague = person(Role.POVERTY_DESK, communes[0].parent.parent)
    file, other = waiting(desk), waiting(colleague, {"households": 990})
    seen = road.revision(file)
    confirm_import(other, by=colleague)

    with pytest.raises(Stale):
        confirm_import(file, by=desk, seen=seen)

    assert PovertyReview.objects.get(unit=communes[0]).households == 990
    file = Import.objects.get(pk=file.pk)
    confirm_import(file, by=desk, seen=road.revision(file))
    assert PovertyReview.objects.get(unit=communes[0]).households == 1000


def test_rows_that_the_person_did_not_see_are_not_written_over(desk, communes):
    """Whatever the road has looked at before: the last look is at the very write."""
    file = waiting(desk)
    PovertyReviewFactory(unit=communes[0], households=800)

    with pytest.raises(Stale):
        KIND.write(file, list(file.rows.all()), None, by=desk, at=file.uploaded_at)


# Taking back


def test_undoing_puts_new_changed_and_removed_rows_back(desk, communes, told):
    first = written(desk, {"area": "thành thị"})
    gone = PovertyReview.objects.get(unit=communes[1])
    before = dict(PovertyReview.objects.values_list("unit", "households"))
    gone.delete()
    second = written(desk, {"households": 990})
    assert counts(second) == {"new": 2, "changed": 0, "same": 2, "removed": 1}

    undo_import(second, by=desk)

    del before[communes[1].pk]
    assert dict(PovertyReview.objects.values_list("unit", "households")) == before
    assert PovertyReview.objects.get(unit=communes[0]).area == "urban"
    assert set(PovertyReview.objects.values_list("source", flat=True)) == {first.pk}
    assert told == [2023, 2023, 2023]
    assert entries("restore_review").get().unit == communes[0]


def test_a_changed_row_goes_back_to_the_file_it_came_from(desk, communes):
    first = written(desk)
    undo_import(written(desk, {"households": 990}), by=desk)

    review = PovertyReview.objects.get(unit=communes[0])
    assert (review.households, review.source) == (1000, first)
    assert entries("restore_review").get().changes == {"households": [990, 1000]}


def test_what_a_later_file_wrote_over_is_not_undone(desk, communes):
    first = written(desk)
    written(desk, {"households": 990})

    with pytest.raises(RuleViolation, match=f"{communes[0].name} đã được một tệp nhập sau thay"):
        undo_import(first, by=desk)
