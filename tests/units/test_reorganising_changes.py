"""A list of changes made into drafts, and the shipped register grown again from that of 2021."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.register import (
    TERRITORIES,
    changes_file,
    changes_since,
    load_as_of_2021,
)
from tests.factories.reorganising import done, rename
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    VillageFactory,
    person,
)
from units.actions import imports, reorganising
from units.imports.kind import kind_of
from units.kinds import Kind, Role
from units.models import Import, Reorganisation, Succession, Unit
from units.register import load_register, read_register
from units.reorganising import draw, from_json
from units.reorganising.rules import obstacles

pytestmark = pytest.mark.django_db
DECIDED = date(2022, 1, 1)


@pytest.fixture(autouse=True)
def _in_2025(stop_clock):
    stop_clock(2025, 8, 10, 8)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


def bring_in(rows, by):
    job = imports.upload_import(kind_of("sap-xep"), changes_file(rows), by=by)
    if job.state == Import.State.WAITING:
        imports.confirm_import(job, by=by)
    job.refresh_from_db()
    return job


def carry_out_all(by):
    """In the order of their days; on one day, whatever nothing stands in the way of goes first."""
    drafts = list(Reorganisation.objects.drafts().order_by("date", "pk"))
    while drafts:
        day = [draft for draft in drafts if draft.date == drafts[0].date]
        ready = next((draft for draft in day if not _in_the_way(draft)), None)
        assert ready, [told for draft in day for told in _in_the_way(draft)]
        reorganising.carry_out(ready, by=by, version=ready.version)
        drafts.remove(ready)


def _in_the_way(draft):
    return obstacles(draft, draw(from_json(draft.plan), draft.date))


def tell_when_decided(by):
    for draft in Reorganisation.objects.filter(decided_on=None):
        head = reorganising.Head(draft.way, draft.number, DECIDED, draft.title, draft.date)
        reorganising.save_head(draft, head, by=by, version=draft.version)


def lives():
    """Every territory of the database: what identifies it, and where it stands."""
    fields = ("kind", "code", "valid_from", "valid_to", "name", "short_name", "subtype", "urban")
    found = Unit.objects.filter(kind__in=TERRITORIES, code__regex="^[0-9]+$")
    return set(found.values_list(*fields, "parent__code", "parent__valid_from"))


def shipped_lives():
    """The same of the shipped files."""
    rows = [row for row in read_register().units if row.kind in TERRITORIES]
    found = set()
    for row in rows:
        above = [
            one for one in rows if one.code == row.parent_code and one.lives_on(row.valid_from)
        ]
        parent = (above[0].code, above[0].valid_from) if above else (None, None)
        found.add((
            row.kind, row.code, row.valid_from, row.valid_to, row.name, row.short_name,
            row.subtype, row.urban, *parent,
        ))  # fmt: skip
    return found


def handovers():
    fields = ("date", "predecessor__code", "successor__code", "way", "confidence")
    return set(Succession.objects.values_list(*fields))


def shipped_handovers():
    return {
        (date.fromisoformat(day), old, new or None, way, confidence)
        for day, old, _, new, _, way, _, confidence, _ in changes_since()
    }


def test_the_register_of_2021_grows_into_the_shipped_one(admin):
    load_as_of_2021()

    job = bring_in(changes_since(), admin)
    assert (job.state, job.counts["new"]) == (Import.State.DONE, 159)
    days = sorted(Reorganisation.objects.drafts().values_list("date", flat=True))
    assert days == [date(2023, 4, 10), date(2025, 1, 1), *[date(2025, 7, 1)] * 3]
    tell_when_decided(admin)
    carry_out_all(admin)

    for day, districts, communes in (
        (date(2024, 12, 31), 9, 136), (date(2025, 1, 1), 9, 121), (date(2025, 7, 1), 0, 36),
    ):  # fmt: skip
        alive = Unit.objects.as_of(day)
        assert alive.filter(kind=Kind.DISTRICT).count() == districts
        assert alive.filter(kind=Kind.COMMUNE).count() == communes
    assert lives() == shipped_lives()
    assert handovers() == shipped_handovers()
    assert Succession.objects.filter(successor=None, confidence="partial").count() == 3


def test_the_shipped_register_knows_all_of_it_and_takes_nothing_amiss(admin):
    load_as_of_2021()
    bring_in(changes_since(), admin)
    tell_when_decided(admin)
    carry_out_all(admin)

    counts = load_register()

    departments = 83
    assert (counts.units_new, counts.successions_new) == (departments, 48)
    assert lives() == shipped_lives()
    again = imports.upload_import(kind_of("sap-xep"), changes_file(changes_since()), by=admin)
    assert (again.state, again.counts["new"], again.counts["same"]) == ("waiting", 0, 159)


def test_what_was_reorganised_here_earlier_than_the_register_ends_it_stays(admin):
    """The shipped end and heir went over to the new unit; loading again takes nothing back."""
    load_register()
    old = Unit.objects.get(code="08734", valid_from=date(2021, 1, 1))
    done(rename(old, name="Phường Trưng Trắc Mới"), by=admin, day=date(2024, 6, 1))
    before = lives(), handovers()

    counts = load_register()

    assert not counts.changed_anything
    assert (lives(), handovers()) == before
    new = Unit.objects.get(code="08734", valid_from=date(2024, 6, 1))
    assert new.valid_to == date(2025, 1, 1)
    assert new.handovers.get().successor.name == "Phường Hai Bà Trưng"


def test_a_unit_that_starts_later_under_the_old_one_is_named(admin):
    """Nobody can tell under what a commune of 2025 would stand after the district was renamed."""
    load_register()
    district = Unit.objects.get(code="244")

    with pytest.raises(RuleViolation, match="Phường Hai Bà Trưng sẽ bắt đầu từ 01/01/2025"):
        done(rename(district, name="Thành phố Mới"), by=admin, day=date(2024, 6, 1))


# What a list may say


BASIS = "Nghị quyết 9/NQ-UBTVQH15 ngày 15/5/2024"
DAY = "2024-07-01"


@pytest.fixture
def communes():
    district = DistrictFactory(code="H1")
    return [
        CommuneFactory(parent=district, code=f"9900{n}", short_name=name)
        for n, name in enumerate(("Xuân Hoà", "Lũng Hạ", "Bình An"), start=1)
    ]


def line(old, new=("", ""), way="merge", *, day=DAY, basis=BASIS, name=None):
    return (day, old.code, name or old.name, *new, way, basis, "confirmed", "")


JOINED = ("99001", "Thị Trấn Hòa Hạ")


def test_lines_of_one_decision_are_one_draft_with_a_group_for_each_new_unit(admin, communes):
    rows = [line(unit, JOINED) for unit in communes[:2]]
    rows.append(line(communes[2], ("99003", "Phường Bình An"), "rename"))

    bring_in(rows, admin)

    (draft,) = Reorganisation.objects.all()
    assert (draft.way, draft.decided_on, draft.made_by) == ("merge", date(2024, 5, 15), admin)
    merged, renamed = from_json(draft.plan).groups
    assert (merged.way, merged.codes) == ("merge", ("99001", "99002"))
    assert (renamed.way, renamed.codes) == ("rename", ("99003",))
    (town,) = merged.startings
    assert (town.name, town.subtype, town.urban, town.parent) == (
        "Thị trấn Hòa Hạ", "thị trấn", True, "H1",
    )  # fmt: skip
    assert _in_the_way(draft) == []


def test_people_are_still_asked_for(admin, communes):
    AppointmentFactory(unit=communes[0], role=Role.LEADER)

    bring_in([line(unit, JOINED) for unit in communes[:2]], admin)

    (told,) = _in_the_way(Reorganisation.objects.get())
    assert "1 người giữ vai trò" in told.sentence


def test_a_split_leaves_the_shares_and_the_villages_to_people(admin, communes):
    VillageFactory(parent=communes[0])
    rows = [line(communes[0], new, "split") for new in (("99001", "Xã Đông"), ("99009", "Xã Tây"))]

    bring_in(rows, admin)

    draft = Reorganisation.objects.get()
    (group,) = from_json(draft.plan).groups
    assert [heir.share for heir in group.heirs_of(group.endings[0])] == [None, None]
    (told,) = _in_the_way(draft)
    assert "chưa được chọn chuyển về đâu" in told.sentence


def test_a_parent_that_cannot_be_told_is_left_open(admin, communes):
    other = CommuneFactory(code="99100")

    bring_in([line(communes[0], JOINED), line(other, JOINED)], admin)

    (group,) = from_json(Reorganisation.objects.get().plan).groups
    assert group.startings[0].parent == ""


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (lambda units: [line(units[0], JOINED, name="Xã Khác")], "name_mismatch"),
        (lambda units: [line(units[0], ("99001", "Xã Đông"), "dissolve")], "heir_of_end"),
        (lambda units: [line(units[0])], "missing_heir"),
        (lambda units: [line(units[0], ("99002", "Xã Lũng Hạ"))], "code_in_use"),
        (lambda units: [line(units[0], JOINED), line(units[1], ("99001", "Xã B"))], "two_names"),
        (lambda units: [line(units[0], JOINED, day="2020-07-01")], "unknown_unit"),
        (lambda units: [line(units[0], JOINED, basis="")], "missing_value"),
        (
            lambda units: [
                line(units[0], JOINED),
                line(units[0], ("99009", "Xã Tây"), basis="Nghị quyết 8/NQ-UBTVQH15"),
            ],
            "two_decisions",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_cell_and_nothing_is_drafted(rows, rule, admin, communes):
    job = bring_in(rows(communes), admin)

    assert job.state == Import.State.FAULTY
    assert rule in set(job.problems.values_list("rule", flat=True))
    assert not Reorganisation.objects.exists()


def test_spelling_and_capitals_of_a_name_do_not_matter(admin, communes):
    rows = [line(communes[0], JOINED, name="XÃ XUÂN HÒA"), line(communes[1], JOINED)]

    assert bring_in(rows, admin).state == Import.State.DONE


def test_a_change_that_is_drafted_already_makes_no_second_draft(admin, communes):
    rows = [line(unit, JOINED) for unit in communes[:2]]
    bring_in(rows, admin)

    again = bring_in([*rows, line(communes[2], ("99003", "Phường Bình An"), "rename")], admin)

    assert (again.counts["same"], again.counts["new"]) == (2, 1)
    assert Reorganisation.objects.count() == 2


def test_taking_the_file_back_drops_its_drafts(admin, communes):
    job = bring_in([line(unit, JOINED) for unit in communes[:2]], admin)

    imports.undo_import(job, by=admin)

    assert not Reorganisation.objects.exists()


def test_a_file_whose_draft_was_gone_on_with_is_not_taken_back(admin, communes):
    job = bring_in([line(unit, JOINED) for unit in communes[:2]], admin)
    carry_out_all(admin)

    with pytest.raises(RuleViolation, match="đã thực hiện sau khi nhập tệp"):
        imports.undo_import(job, by=admin)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_brings_changes_in(role, communes):
    user = person(role, DepartmentFactory())

    with pytest.raises(RuleViolation, match="Chỉ quản trị hệ thống"):
        bring_in([line(communes[0], JOINED)], user)
