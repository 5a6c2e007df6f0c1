"""The list as a whole: complete for its communes, whose it is, what may be taken back."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.households import (
    HEADS,
    YEARS,
    EscapeRegistrationFactory,
    HouseholdFactory,
    as_csv,
    make_list,
    two_communes,
)
from tests.factories.poverty import both_standards
from tests.factories.units import DepartmentFactory, VillageFactory, person
from units.actions import confirm_import, undo_import, upload_import
from units.actions.households import save_household, set_status
from units.imports.kind import allowed_to, kind_of
from units.imports.road import options_form
from units.kinds import Role
from units.models import Household, Import, ImportRow, PovertyTally

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def rows(communes):
    """The lists of both communes."""
    return make_list([village for _, villages in communes for village in villages], 40)


def of(rows, code):
    return [row for row in rows if row["ma_xa"] == code]


def uploaded(rows, by=None, heads=HEADS, **options):
    return upload_import(kind_of("ho"), as_csv(rows, heads), by=by, options=options)


def brought(rows, by=None, **options):
    job = uploaded(rows, by, **options)
    assert job.state == Import.State.WAITING, [str(told) for told in job.problems.all()]
    confirm_import(job, by=by)
    job.refresh_from_db()
    return job


def findings(job):
    return [(told.rule, told.number, told.blocking) for told in job.problems.order_by("pk")]


def reporter_of(commune):
    return person(Role.REPORTER, commune)


# Complete


def test_a_household_on_file_that_the_list_leaves_out_is_told_by_number_alone(rows):
    brought(rows)
    left_out = of(rows, "08707")[0]

    job = uploaded([row for row in rows if row is not left_out])

    told = job.problems.get()
    assert (told.rule, told.address, told.blocking) == ("missing_household", "cả tệp", True)
    assert "tệp thiếu 1 hộ" in told.message
    assert "ghi K" in told.message
    assert left_out["ma_ho"] not in told.message
    assert left_out["chu_ho"] not in told.message
    assert job.state == Import.State.FAULTY


def test_a_list_of_one_commune_says_nothing_of_the_other(rows):
    brought(rows)

    job = brought(of(rows, "08710"))

    assert job.counts["same"] == len(of(rows, "08710"))


def test_a_household_entered_by_hand_meanwhile_makes_a_waiting_list_incomplete(rows, communes):
    job = uploaded(rows)
    village = communes[0][1][0]
    save_household(
        Household(code="0870799999", head="Ngô Thị Thơ", unit=village),
        by=reporter_of(communes[0][0]),
    )

    with pytest.raises(RuleViolation, match="tệp thiếu 1 hộ") as refusal:
        confirm_import(job, by=None)

    assert "Ngô Thị Thơ" not in refusal.value.args[0]
    assert Household.objects.count() == 1
    assert not PovertyTally.objects.filter(source=job).exists()


def test_a_code_that_another_commune_enters_meanwhile_is_refused(rows, communes):
    (commune, _), (_, villages) = communes
    job = uploaded(of(rows, "08707"), by=reporter_of(commune), xa=commune.pk)
    code = of(rows, "08707")[0]["ma_ho"]
    HouseholdFactory(code=code, head="Ngô Thị Thơ", unit=villages[0])

    with pytest.raises(RuleViolation, match="đang thuộc danh sách của một xã khác"):
        confirm_import(job, by=job.uploaded_by)

    assert Household.objects.count() == 1


def test_two_lists_with_one_new_household_cannot_both_be_written(rows):
    first, second = uploaded(rows), uploaded(rows)
    confirm_import(first, by=None)

    with pytest.raises(RuleViolation, match="dữ liệu trên cổng đã thay đổi"):
        confirm_import(second, by=None)

    second.refresh_from_db()
    assert second.state == Import.State.WAITING
    assert set(second.rows.filter(part="").values_list("verdict", flat=True)) == {"same"}


# Alike in every row


def test_a_household_that_the_list_loses_before_its_last_year_is_refused(rows):
    row = next(row for row in rows if row["tt_2024"])
    row["tt_2025"] = ""

    job = uploaded(rows)

    told = job.problems.get()
    assert told.rule == "status_gap"
    assert job.rows.get(number=told.number, part="").key == row["ma_ho"]
    assert told.label == "Tình trạng 2025"


def test_a_list_without_any_status_is_refused(rows):
    job = uploaded(rows, heads=HEADS[: -len(YEARS)])

    assert {told.rule for told in job.problems.all()} == {"missing_status"}


def test_a_list_that_lacks_a_year_on_file_is_refused(rows):
    brought(rows)

    job = uploaded([row for row in rows if row["tt_2024"]], heads=HEADS[:-1])

    told = job.problems.filter(rule="year_lost")
    assert [found.message.split(" của ")[0] for found in told] == ["Cổng đã có tình trạng năm 2025"]


@pytest.mark.parametrize(("place", "number"), [(0, 2), (5, 7)])
def test_a_column_filled_in_part_is_refused_where_it_is_blank(rows, place, number):
    rows[place]["dan_toc"] = ""

    job = uploaded(rows)

    assert findings(job) == [("missing_value", number, True)]
    assert job.problems.get().label == "Dân tộc chủ hộ"


def test_columns_that_are_there_but_blank_throughout_count_as_absent(rows):
    job = brought([row | {"dan_toc": "", "viec_lam": None} for row in rows])

    assert findings(job) == []
    assert PovertyTally.objects.filter(poor_ethnic__isnull=False).count() == 0
    assert PovertyTally.objects.filter(poor_unable__isnull=True).count() == 0


def test_years_to_come_are_taken_with_a_word_of_doubt(rows, stop_clock):
    stop_clock(2024, 11, 20, 9)

    job = brought(rows)

    assert findings(job) == [("future_year", 0, False)]


# Whose list


def test_a_commune_brings_in_its_own_list(rows, communes):
    reporter = reporter_of(communes[0][0])

    job = brought(of(rows, "08707"), by=reporter, xa=communes[0][0].pk)

    assert job.counts["new"] == len(of(rows, "08707"))


def test_a_row_of_another_commune_is_refused(rows, communes):
    job = uploaded(rows, by=reporter_of(communes[0][0]), xa=communes[0][0].pk)

    refused = {told.number for told in job.problems.filter(rule="outside_scope")}
    assert refused == {
        number for number, row in enumerate(rows, start=2) if row["ma_xa"] == "08710"
    }


def test_a_code_of_another_communes_household_tells_nothing_of_it(rows, communes):
    other = HouseholdFactory(code="0870700001", unit=communes[1][1][0], head="Triệu Thị Yến")

    job = uploaded(of(rows, "08707"), by=reporter_of(communes[0][0]), xa=communes[0][0].pk)

    told = job.problems.get()
    assert (told.rule, told.blocking) == ("code_elsewhere", True)
    waiting = job.rows.get(key="0870700001")
    assert (waiting.verdict, waiting.before) == (ImportRow.Verdict.NEW, None)
    assert other.head not in str(list(job.rows.values()))


def test_the_desks_list_takes_no_household_out_of_a_commune_that_it_does_not_name(rows, communes):
    """As when its code was written against another commune's list before codes were judged."""
    (_, villages), _ = communes
    code = of(rows, "08710")[0]["ma_ho"]
    HouseholdFactory(code=code, unit=villages[0], statuses={2025: "N"})
    desk = person(Role.POVERTY_DESK, DepartmentFactory())

    job = uploaded(of(rows, "08710"), by=desk)

    assert job.state == Import.State.FAULTY
    assert findings(job) == [("code_elsewhere", 2, True)]
    assert Household.objects.get(code=code).unit == villages[0]


def test_a_household_that_another_communes_list_names_is_refused(rows, communes):
    brought(rows)
    lost = of(rows, "08707")[0] | {"ma_xa": "08710", "ma_thon": communes[1][1][0].code}

    job = uploaded([*of(rows, "08710"), lost])

    assert [rule for rule, *_ in findings(job)] == ["foreign_code"]


@pytest.mark.parametrize("role", [Role.BOARD, Role.PROVINCE_VIEWER, Role.ADMINISTRATOR])
def test_whoever_is_neither_of_the_commune_nor_the_poverty_desk_brings_nothing_in(rows, role):
    user = person(role, DepartmentFactory())

    with pytest.raises(RuleViolation, match="của chính xã mình"):
        uploaded(rows, by=user)
    assert kind_of("ho") not in allowed_to(user)


def test_a_commune_cannot_bring_in_anothers_list_or_everybodys(rows, communes):
    user = reporter_of(communes[0][0])

    for options in ({"xa": communes[1][0].pk}, {}):
        with pytest.raises(RuleViolation, match="của chính xã mình"):
            uploaded(rows, by=user, **options)


def test_the_form_offers_the_own_communes_and_the_desk_everything(communes):
    user, desk = reporter_of(communes[0][0]), person(Role.POVERTY_DESK, DepartmentFactory())

    offered = options_form(kind_of("ho"), user).fields["xa"]
    assert [unit.pk for unit in offered.queryset] == [communes[0][0].pk]
    assert options_form(kind_of("ho"), desk, {}).fields == {}


def test_a_village_reporter_brings_in_no_list(communes):
    assert kind_of("ho").refusal(person(Role.REPORTER, communes[0][1][0]))


# Taken back


def test_a_list_whose_households_have_registered_since_is_not_taken_back(rows):
    job = brought(rows)
    EscapeRegistrationFactory(household=Household.objects.first())

    with pytest.raises(RuleViolation, match="1 hộ mới của tệp này đã đăng ký thoát nghèo"):
        undo_import(job, by=None)


def test_a_list_corrected_by_hand_since_is_not_taken_back(rows, communes):
    job = brought(rows)
    household = Household.objects.filter(code__startswith="08707").first()
    set_status(household, 2025, "CN", by=reporter_of(communes[0][0]))

    with pytest.raises(RuleViolation, match="đã được sửa sau"):
        undo_import(job, by=None)


def test_a_communes_list_is_taken_back_by_itself_alone(rows, communes):
    sender = reporter_of(communes[0][0])
    job = brought(of(rows, "08707"), by=sender, xa=communes[0][0].pk)

    with pytest.raises(RuleViolation, match="của chính xã mình"):
        undo_import(job, by=reporter_of(communes[1][0]))
    undo_import(job, by=sender)

    assert not Household.objects.exists()


def test_a_household_of_a_village_that_moved_stays_with_its_commune(communes, rows):
    """Codes are of lists, not of places: a household found in another village is a change."""
    brought(rows)
    (commune, villages), _ = communes
    moved = of(rows, "08707")[0]
    moved["ma_thon"] = next(v.code for v in villages if v.code != moved["ma_thon"])

    job = brought(rows)

    assert job.counts["changed"] == 1
    assert Household.objects.get(code=moved["ma_ho"]).unit.code == moved["ma_thon"]


def test_a_village_of_two_lives_under_one_commune_is_its_present_one(communes, rows):
    (commune, villages), _ = communes
    old = villages[0]
    old.valid_to = date(2024, 1, 1)
    old.save()
    new = VillageFactory(code=old.code, parent=commune, valid_from=date(2024, 1, 1))

    brought(rows)

    assert not Household.objects.filter(unit=old).exists()
    assert Household.objects.filter(unit=new).exists()
