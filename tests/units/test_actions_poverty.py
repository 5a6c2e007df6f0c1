"""Writing the review: once, whole, by the right person, with the old values in the log."""

from datetime import timedelta
from decimal import Decimal

import pytest

from config import clock
from config.workflow import RuleViolation, Stale
from tests.config.packages import rezipped
from tests.factories.poverty import (
    PovertyPlanFactory,
    PovertyReviewFactory,
    both_standards,
    two_districts,
)
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory, person
from tests.units.review_workbooks import BALANCED, filled
from units.actions import (
    import_reviews,
    load_standards,
    set_plan,
    set_plans,
    upload_reviews,
)
from units.imports import revision, upload_as_file
from units.kinds import Role
from units.models import LogEntry, PovertyPlan, PovertyReview, PovertyStandard, ReviewFile
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


def uploaded(by, *changes, **options):
    upload = filled(*changes, **options)
    return upload_reviews(upload, by=by, year=2023, stage=Stage.OFFICIAL)


def entries(action):
    return LogEntry.objects.filter(action=action).order_by("pk")


# Standards


def test_standards_come_in_once_and_keep_what_was_corrected_since():
    assert load_standards() == 2
    PovertyStandard.objects.filter(code="2022-2025").update(last_year=2027)

    assert load_standards() == 0
    assert list(PovertyStandard.objects.values_list("code", "last_year").order_by("code")) == [
        ("2016-2020", 2021),
        ("2022-2025", 2027),
    ]
    assert entries("create_povertystandard").count() == 2


# Uploading


def test_a_workbook_waits_with_its_hash_and_writes_no_figure(desk):
    file = uploaded(desk)

    assert (file.year, file.stage, file.uploaded_by) == (2023, Stage.OFFICIAL, desk)
    assert len(file.sha256) == 64
    assert file.confirmed_at is None
    assert not PovertyReview.objects.exists()
    assert entries("upload_reviews").get().object_id == file.pk


def test_a_workbook_with_errors_waits_too_so_that_they_can_be_shown(desk):
    assert uploaded(desk, {"poor_closing": 99}).pk


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"%PDF-1.7\n%%EOF", "là PDF"), (b"MZ\x90", "chương trình máy tính")],
)
def test_a_file_that_is_no_workbook_is_not_kept(desk, content, says):
    upload = upload_as_file(content, "ra-soat.xlsx")

    with pytest.raises(RuleViolation, match=says):
        upload_reviews(upload, by=desk, year=2023, stage=Stage.OFFICIAL)

    assert not ReviewFile.objects.exists()


def test_a_compressed_bomb_is_refused_before_it_is_unpacked(desk):
    swollen = "<worksheet>" + " " * 90_000_000 + "</worksheet>"
    content = rezipped(filled().read(), {"xl/worksheets/sheet1.xml": swollen})

    with pytest.raises(RuleViolation, match="khi giải nén lớn bất thường"):
        upload_reviews(
            upload_as_file(content, "bom.xlsx"), by=desk, year=2023, stage=Stage.OFFICIAL
        )


@pytest.mark.parametrize(
    ("year", "says"),
    [(2024, "Năm 2024 chưa đến"), (2015, "Chưa khai báo chuẩn nghèo đo năm 2015")],
)
def test_a_year_that_cannot_be_measured_is_refused(desk, year, says):
    with pytest.raises(RuleViolation, match=says):
        upload_reviews(filled(), by=desk, year=year, stage=Stage.OFFICIAL)


def test_files_that_nobody_confirmed_go_after_a_day(desk):
    old = uploaded(desk)
    confirmed = import_reviews(uploaded(desk), by=desk)

    with clock.frozen(clock.now() + timedelta(hours=24)):
        new = uploaded(desk)

    assert set(ReviewFile.objects.all()) == {confirmed, new}
    assert old not in ReviewFile.objects.all()


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.POVERTY_DESK}))
def test_nobody_else_uploads_confirms_or_plans(desk, communes, role):
    other = person(role, communes[0].parent.parent)
    file = uploaded(desk)

    for act in (
        lambda: uploaded(other),
        lambda: import_reviews(file, by=other),
        lambda: set_plan(communes[0], 2023, Decimal("0.3"), by=other, basis="QĐ 1"),
    ):
        with pytest.raises(RuleViolation, match="Chỉ cán bộ theo dõi giảm nghèo"):
            act()

    assert not PovertyReview.objects.exists()


# Confirming


def test_confirming_writes_every_row_with_its_source_and_standard(desk, communes):
    file = import_reviews(uploaded(desk), by=desk)

    reviews = PovertyReview.objects.all()
    assert {review.unit for review in reviews} == set(communes)
    assert {(r.year, r.stage, r.source, r.standard.code) for r in reviews} == {
        (2023, Stage.OFFICIAL, file, "2022-2025")
    }
    assert {name: getattr(reviews[0], name) for name in COUNTS} == {
        name: BALANCED[name] for name in COUNTS
    }
    assert file.counts == {"new": 4, "changed": 0, "same": 0, "removed": 0}
    assert file.confirmed_at == clock.now()
    assert entries("import_reviews").get().changes == file.counts


def test_the_year_2021_is_kept_under_the_old_standard(desk):
    upload = filled(year=2021)
    file = upload_reviews(upload, by=desk, year=2021, stage=Stage.OFFICIAL)

    import_reviews(file, by=desk)

    assert {review.standard.code for review in PovertyReview.objects.all()} == {"2016-2020"}


def test_one_wrong_row_keeps_all_rows_out(desk):
    file = uploaded(desk, {}, {"poor_closing": 99})

    with pytest.raises(RuleViolation) as refusal:
        import_reviews(file, by=desk)

    assert "= 14, nhưng ô ghi 99" in refusal.value.args[0]
    assert not PovertyReview.objects.exists()
    file.refresh_from_db()
    assert file.confirmed_at is None
    assert not entries("import_reviews").exists()


def test_a_refusal_names_some_errors_and_counts_the_rest(desk):
    bad = {"poor_closing": 99, "near_closing": 99, "poor_unable": 999, "households": "x"}
    file = uploaded(desk, bad, bad, bad)

    with pytest.raises(RuleViolation) as refusal:
        import_reviews(file, by=desk)

    assert len(refusal.value.args) == 11
    assert refusal.value.args[-1].startswith("Còn ")


def test_confirming_twice_writes_once_and_says_so(desk):
    file = uploaded(desk)
    import_reviews(file, by=desk)

    with pytest.raises(RuleViolation, match="đã được xác nhận ngày 20/12/2023"):
        import_reviews(file, by=desk)

    assert PovertyReview.objects.count() == 4
    assert entries("import_reviews").count() == 1


def test_a_colleague_does_not_confirm_another_persons_file(desk, communes):
    colleague = person(Role.POVERTY_DESK, communes[0].parent.parent)

    with pytest.raises(RuleViolation, match="Chỉ người tải tệp lên được xác nhận"):
        import_reviews(uploaded(desk), by=colleague)


def test_after_a_day_a_file_is_no_longer_confirmed(desk):
    file = uploaded(desk)

    with (
        clock.frozen(clock.now() + timedelta(hours=24)),
        pytest.raises(RuleViolation, match="chờ quá 24 giờ"),
    ):
        import_reviews(file, by=desk)


def test_the_appointment_lost_between_preview_and_confirmation(desk):
    file = uploaded(desk)
    desk.appointments.update(ends="2023-12-20")
    desk = type(desk).objects.get(pk=desk.pk)

    with pytest.raises(RuleViolation, match="Chỉ cán bộ theo dõi giảm nghèo"):
        import_reviews(file, by=desk)


def test_a_unit_that_ended_since_the_preview_is_refused(desk, communes):
    file = uploaded(desk)
    communes[0].valid_to = "2023-12-01"
    communes[0].save()

    with pytest.raises(RuleViolation, match="không tồn tại vào 31/12/2023"):
        import_reviews(file, by=desk)


def test_a_newer_file_replaces_the_figures_and_the_log_keeps_the_old_ones(desk, communes):
    import_reviews(uploaded(desk), by=desk)
    file = import_reviews(uploaded(desk, {"households": 990, "poor_unable": 4}), by=desk)

    review = PovertyReview.objects.get(unit=communes[0])
    assert (review.households, review.poor_unable, review.source) == (990, 4, file)
    assert file.counts == {"new": 0, "changed": 1, "same": 3, "removed": 0}
    entry = entries("replace_review").get()
    assert entry.unit == communes[0]
    assert entry.changes == {"households": [1000, 990], "poor_unable": [5, 4]}
    assert PovertyReview.objects.exclude(unit=communes[0]).exclude(source=file).count() == 3


def test_an_area_that_the_newer_file_no_longer_has_goes_and_is_logged(desk, communes):
    PovertyReviewFactory(unit=communes[0], area="urban", households=321)

    import_reviews(uploaded(desk), by=desk)

    assert PovertyReview.objects.get(unit=communes[0]).area == "rural"
    assert entries("remove_review").get().changes["households"] == [321, None]


def test_preliminary_and_official_stand_side_by_side(desk):
    upload = filled(stage=Stage.PRELIMINARY)
    import_reviews(upload_reviews(upload, by=desk, year=2023, stage=Stage.PRELIMINARY), by=desk)
    import_reviews(uploaded(desk), by=desk)

    assert PovertyReview.objects.count() == 8


def test_a_preview_overtaken_by_another_file_is_stale(desk, communes):
    colleague = person(Role.POVERTY_DESK, communes[0].parent.parent)
    file, other = uploaded(desk), uploaded(colleague, {"households": 990})
    seen = revision(2023, Stage.OFFICIAL)
    import_reviews(other, by=colleague, seen=seen)

    with pytest.raises(Stale, match="một tệp khác của năm 2023"):
        import_reviews(file, by=desk, seen=seen)

    assert PovertyReview.objects.get(unit=communes[0]).households == 990
    import_reviews(file, by=desk, seen=revision(2023, Stage.OFFICIAL))
    assert PovertyReview.objects.get(unit=communes[0]).households == 1000


# Plans


def test_plans_are_set_changed_and_taken_away_with_a_log_row_each(desk, communes):
    a, b, c, _ = communes
    PovertyPlanFactory(unit=b, rate_reduction="0.20")
    PovertyPlanFactory(unit=c, rate_reduction="0.40")

    figures = {a: Decimal("0.35"), b: Decimal("0.20"), c: None}
    assert set_plans(2023, figures, by=desk, basis="  QĐ 12/QĐ-UBND ") == 2

    assert list(PovertyPlan.objects.values_list("unit", "rate_reduction", "basis")) == [
        (b.pk, Decimal("0.20"), "Quyết định giao chỉ tiêu thử nghiệm"),
        (a.pk, Decimal("0.35"), "QĐ 12/QĐ-UBND"),
    ]
    assert entries("set_plan").get().changes["rate_reduction"] == ["", "0.35"]
    assert entries("remove_plan").get().unit == c


@pytest.mark.parametrize(
    ("figure", "basis", "says"),
    [
        (Decimal("-0.1"), "QĐ 1", "điểm %"),
        (Decimal("100.01"), "QĐ 1", "điểm %"),
        (Decimal("0.3"), " ", "Căn cứ"),
    ],
)
def test_one_impossible_plan_keeps_all_out(desk, communes, figure, basis, says):
    figures = {communes[0]: Decimal("0.3"), communes[1]: figure}

    with pytest.raises(RuleViolation, match=says):
        set_plans(2023, figures, by=desk, basis=basis)

    assert not PovertyPlan.objects.exists()


@pytest.mark.parametrize("factory", [ProvinceFactory, DistrictFactory])
def test_only_communes_and_villages_are_given_this_figure(desk, factory):
    with pytest.raises(RuleViolation, match="giao cho cấp xã và thôn"):
        set_plan(factory(), 2023, Decimal("0.3"), by=desk, basis="QĐ 1")


def test_a_unit_that_is_gone_by_the_end_of_the_year_has_no_plan(desk):
    gone = CommuneFactory(valid_to="2023-04-10")
    gone.refresh_from_db()

    with pytest.raises(RuleViolation, match="không tồn tại vào 31/12/2023"):
        set_plan(gone, 2023, Decimal("0.3"), by=desk, basis="QĐ 1")
