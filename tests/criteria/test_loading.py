"""The criteria come in, follow a changed file, and stay as they were answered."""

from datetime import date

import pytest

from campaign.models import Campaign
from criteria import actions
from criteria.actions.catalogue import save_catalogue
from criteria.loading import answered_years, load
from criteria.models import (
    Answer,
    Block,
    BlockMember,
    Checklist,
    CriteriaSet,
    Criterion,
    Indicator,
    Item,
)
from criteria.states import AnswerKind, Grade, Side
from tests.factories.criteria import WORKDAY, answers_of, opened, pdf, reporter_of
from tests.factories.plan import shipped, standing, written
from tests.factories.units import person
from units.kinds import Role, Tier
from units.models import LogEntry, Unit

pytestmark = pytest.mark.django_db
DISTRICT = 1
"""The place of the districts' set in the file."""


@pytest.fixture(scope="module", autouse=True)
def _plan(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _november(stop_clock):
    """While the units of the plan live, so that their people may do their work."""
    stop_clock(2023, 11, 20, 9)


@pytest.fixture
def campaign():
    return Campaign.objects.get()


@pytest.fixture
def content():
    return shipped("criteria")


@pytest.fixture
def district():
    return Unit.objects.as_of(date(2023, 6, 1)).select_related("parent").get(code="246")


@pytest.fixture
def reload(campaign, tmp_path):
    return lambda content: load(campaign, path=written(content, tmp_path))


def year(campaign, code):
    return campaign.periods.get(code=code)


def handed_in(unit, period):
    """A checklist of the shipped set, answered without evidence, gone to the receiver."""
    by = reporter_of(unit)
    checklist = opened(unit, period, by=by)
    for answer in answers_of(checklist):
        grade = Grade.NOT_MET if answer.criterion.kind == AnswerKind.GRADED else ""
        given = {"grade": grade, "explanation": "Chưa làm được trong năm."}
        actions.save_answer(answer, given, by=by, revision=answer.revision)
    return actions.hand_in(checklist, by=by, at=WORKDAY, on_time=True)


def explain_one(checklist, by):
    answer = answers_of(checklist)[0]
    actions.save_answer(answer, {"explanation": "Đang làm."}, by=by, revision=answer.revision)


def versions(tier=Tier.DISTRICT):
    rows = CriteriaSet.objects.filter(tier=tier).order_by("version")
    return list(rows.values_list("version", "first_year", "last_year"))


def test_seven_sets_hold_thirty_one_criteria_with_their_items(content):
    sets = {row.letter: row.criteria.count() for row in CriteriaSet.objects.all()}
    items = sum(len(each["items"]) for row in content["sets"] for each in row["criteria"])

    assert sets == {"a": 5, "b": 8, "c": 5, "d": 5, "đ": 3, "e": 2, "f": 3}
    assert Criterion.objects.count() == 31
    assert Item.objects.count() == items
    assert Indicator.objects.count() == len(content["indicators"])
    assert set(CriteriaSet.objects.values_list("points", "version")) == {(100, 1)}


def test_the_criterion_by_number_has_its_threshold_and_direction():
    row = Criterion.objects.get(clause="III.1.b, ý 8")

    assert (row.kind, row.direction, row.threshold) == (AnswerKind.NUMBER, "above", 50)
    assert (row.baseline_year, row.unit, row.measure) == (2021, "%", "poor_near_poor_reduction")
    assert Criterion.objects.filter(kind=AnswerKind.NUMBER).count() == 3


def test_blocks_hold_the_bodies_of_their_day():
    assert Block.objects.count() == 3
    members = BlockMember.objects.select_related("unit")
    assert len(members) == 20
    assert all(m.unit.exists_on(m.starts) and m.ends == date(2025, 3, 1) for m in members)


def test_loading_again_changes_nothing(campaign):
    entries = LogEntry.objects.count()

    outcome = load(campaign)

    assert not outcome.changed_anything
    assert outcome.notices == []
    assert LogEntry.objects.count() == entries


# No answers yet: the set follows the file


def test_a_set_without_answers_follows_the_file(content, reload):
    row = content["sets"][DISTRICT]
    row["criteria"][0]["statement"] = "Câu chữ đã sửa."
    row["criteria"][0]["items"].pop()
    row["criteria"][7]["threshold"] = 60
    row["criteria"].append(dict(row["criteria"][1], number=9, clause="III.1.b, ý 9"))

    outcome = reload(content)

    made = CriteriaSet.objects.get(tier=Tier.DISTRICT)
    criteria = list(made.criteria.all())
    assert (made.version, len(criteria)) == (1, 9)
    assert (criteria[0].statement, criteria[0].items.count()) == ("Câu chữ đã sửa.", 2)
    assert criteria[7].threshold == 60
    assert (outcome.created, len(outcome.changed), len(outcome.removed)) == (4, 2, 1)


def test_checklists_nobody_wrote_in_follow_too(campaign, content, district, reload):
    checklist = opened(district, year(campaign, "2023"))
    rows = content["sets"][DISTRICT]["criteria"]
    rows[0], gone = rows[0] | {"statement": "Câu chữ đã sửa."}, rows.pop(5)
    rows.append(dict(gone, number=9, clause="III.1.b, ý 9"))

    reload(content)

    assert versions() == [(1, 2022, None)]
    numbers = [answer.criterion.number for answer in answers_of(checklist)]
    assert numbers == [1, 2, 3, 4, 5, 7, 8, 9]


# Answers: the version stays, the next one begins after them


def change(content, statement="Câu chữ đã sửa."):
    content["sets"][DISTRICT]["criteria"][0]["statement"] = statement
    return content


def test_an_answered_set_gets_a_new_version_from_the_first_year_without_answers(
    campaign, content, district, reload
):
    checklist = handed_in(district, year(campaign, "2023"))

    outcome = reload(change(content))

    assert versions() == [(1, 2022, 2023), (2, 2024, None)]
    old, new = CriteriaSet.objects.filter(tier=Tier.DISTRICT).order_by("version")
    assert "Câu chữ đã sửa." not in old.criteria.values_list("statement", flat=True)
    assert new.criteria.get(number=1).statement == "Câu chữ đã sửa."
    assert new.criteria.count() == 8
    assert {answer.criterion.criteria_set for answer in answers_of(checklist)} == {old}
    assert outcome.notices == [
        "Bộ tiêu chí b (Huyện, thành phố): đã có đơn vị trả lời đến năm 2023 nên phiên bản 1 giữ "
        "nguyên đến hết năm đó; phiên bản 2 áp dụng từ năm 2024."
    ]
    assert CriteriaSet.objects.for_year(Tier.DISTRICT, 2023).get() == old
    assert CriteriaSet.objects.for_year(Tier.DISTRICT, 2024).get() == new


def test_a_new_version_is_made_once(campaign, content, district, reload):
    handed_in(district, year(campaign, "2023"))
    reload(change(content))

    again = reload(content)
    other = reload(change(content, "Sửa lần nữa."))

    assert not again.changed_anything
    assert versions() == [(1, 2022, 2023), (2, 2024, None)]
    assert other.changed
    assert (
        CriteriaSet.objects.get(tier=Tier.DISTRICT, version=2).criteria.get(number=1).statement
        == "Sửa lần nữa."
    )


def test_only_the_answered_set_gets_one(campaign, content, district, reload):
    handed_in(district, year(campaign, "2023"))
    content["sets"][2]["criteria"][0]["statement"] = "Sửa bộ cấp xã."

    reload(content)

    assert versions() == [(1, 2022, None)]
    assert versions(Tier.COMMUNE) == [(1, 2022, None)]


def test_checklists_opened_for_later_years_move_to_the_new_version(
    campaign, content, district, reload
):
    handed_in(district, year(campaign, "2023"))
    waiting = opened(district, year(campaign, "2024"))

    reload(change(content))

    waiting.refresh_from_db()
    assert waiting.criteria_set.version == 2
    assert [answer.criterion.criteria_set for answer in answers_of(waiting)] == [
        waiting.criteria_set
    ] * 8
    assert Checklist.objects.get(period__code="2023").criteria_set.version == 1


def attach_one(checklist, by):
    actions.attach_evidence(answers_of(checklist)[0], pdf(), by=by)


def score_one(checklist, by):
    actions.score(answers_of(checklist)[0], Side.SELF, 5, by=by)


@pytest.mark.parametrize("write", [explain_one, attach_one, score_one])
def test_whatever_a_unit_wrote_counts_as_an_answer(write, campaign, district):
    by = reporter_of(district)
    checklist = opened(district, year(campaign, "2023"), by=by)
    assert answered_years(checklist.criteria_set) == set()

    write(checklist, by)

    assert answered_years(checklist.criteria_set) == {2023}


def test_a_checklist_reopened_after_sending_still_counts(campaign, district):
    checklist = handed_in(district, year(campaign, "2022"))
    Answer.objects.filter(checklist=checklist).update(
        grade="", explanation="", value=None, revision=0
    )

    assert answered_years(checklist.criteria_set) == {2022}


# The board's configuration


def test_points_are_the_boards_and_go_with_the_new_version(campaign, content, district, reload):
    board = person(Role.BOARD, Unit.objects.as_of(date(2023, 6, 1)).get(code="BTDKT"))
    made = CriteriaSet.objects.get(tier=Tier.DISTRICT)
    first = made.criteria.get(number=1)
    actions.configure_points(made, {first.pk: 30}, by=board)

    outcome = reload(content)
    first.refresh_from_db()
    assert (first.points, outcome.changed_anything) == (30, False)

    handed_in(district, year(campaign, "2023"))
    reload(change(content))
    new = CriteriaSet.objects.get(tier=Tier.DISTRICT, version=2)
    assert new.criteria.get(number=1).points == 30


def test_words_that_people_set_are_kept_over_versions(campaign, content, district, reload):
    admin = person(Role.ADMINISTRATOR, campaign.province)
    first = Criterion.objects.get(clause="III.1.b, ý 1")
    first.evidence_hint = "Kế hoạch và biên bản kiểm tra."
    save_catalogue(first, by=admin)
    handed_in(district, year(campaign, "2023"))

    assert not reload(content).changed_anything
    outcome = reload(change(content))
    assert versions() == [(1, 2022, 2023), (2, 2024, None)]
    new = Criterion.objects.get(clause="III.1.b, ý 1", criteria_set__version=2)
    assert new.evidence_hint == "Kế hoạch và biên bản kiểm tra."
    assert f"giữ nguyên minh chứng cần có do {admin} đặt" in outcome.notices[0]
    assert not reload(content).changed_anything


def test_items_and_criteria_that_people_entered_make_no_version_by_themselves(
    campaign, content, district, reload
):
    admin = person(Role.ADMINISTRATOR, campaign.province)
    made = CriteriaSet.objects.get(tier=Tier.DISTRICT)
    first = made.criteria.get(number=1)
    item = first.items.get(position=1)
    item.statement = "Ban hành kế hoạch trước ngày 31/3."
    added = Item(criterion=first, position=7, statement="Công khai kế hoạch.")
    extra = Criterion(
        criteria_set=made, number=9, clause="Địa phương", statement="Thêm.", kind="graded"
    )
    for row in (item, added, extra):
        save_catalogue(row, by=admin)
    assert not reload(content).changed_anything

    handed_in(district, year(campaign, "2023"))
    assert not reload(content).changed_anything
    reload(change(content))

    assert versions() == [(1, 2022, 2023), (2, 2024, None)]
    new = CriteriaSet.objects.get(tier=Tier.DISTRICT, version=2)
    assert new.criteria.get(number=9).statement == "Thêm."
    assert [each.statement for each in new.criteria.get(number=1).items.all()] == [
        "Ban hành kế hoạch trước ngày 31/3.",
        first.items.get(position=2).statement,
        first.items.get(position=3).statement,
        "Công khai kế hoạch.",
    ]
    assert not reload(content).changed_anything


def test_a_version_that_the_board_made_is_not_undone(campaign, content, district, reload):
    board = person(Role.BOARD, Unit.objects.as_of(date(2023, 6, 1)).get(code="BTDKT"))
    handed_in(district, year(campaign, "2023"))
    actions.new_version(CriteriaSet.objects.get(tier=Tier.DISTRICT), by=board, first_year=2025)

    assert not reload(content).changed_anything
    reload(change(content))

    assert versions() == [(1, 2022, 2024), (2, 2025, None)]
    statements = Criterion.objects.filter(clause="III.1.b, ý 1").order_by("criteria_set__version")
    assert [row.statement == "Câu chữ đã sửa." for row in statements] == [False, True]


def test_a_block_member_that_left_the_file_goes(content, reload):
    content["blocks"][0]["members"].remove("SNGV")

    outcome = reload(content)

    assert len(outcome.removed) == 1
    assert BlockMember.objects.filter(unit__code="SNGV").count() == 0
