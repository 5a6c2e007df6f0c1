"""Counts of a year on the boundaries of other days: the real register, and small made-up ones."""

from datetime import date

import pytest
from django.core.management import call_command

from tests.factories.poverty import PovertyReviewFactory, PovertyStandardFactory, ReviewFileFactory
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    ProvinceFactory,
    SuccessionFactory,
)
from units.boundaries import Level, Why
from units.boundaries.parts import parts_of_reason, parts_of_row
from units.boundaries.tables import Table
from units.models import PovertyReview, Succession, Unit
from units.poverty.carried import review_columns, review_measures, review_source
from units.poverty.territory import communes_alive, year_end

pytestmark = pytest.mark.django_db
LAYERS = {date(2024, 12, 31): 136, date(2025, 1, 1): 121, date(2025, 7, 1): 36}
END = date(2025, 7, 1)
MEASURES = {measure.key: measure for measure in review_measures()}


def table(*years, level=Level.COMMUNE, measure="poor_closing", **options):
    source = review_source(MEASURES[measure], review_columns(years))
    return Table(source, level=level, days={year: year_end(year) for year in years}, **options)


def told(found: Table, year: int) -> dict[str, int]:
    """Row → count of a year, by short name; rows without any are left out."""
    rows = list(found.rows())
    cells = found.cells([row.pk for row in rows])
    return {
        row.short_name: cells[row.pk][year].sums["count"]
        for row in rows
        if cells[row.pk][year].told
    }


def left(found: Table, year: int) -> dict[Why, int]:
    return {why: cells[year].sums["count"] for why, cells in found.leftovers().items()}


def total(found: Table, year: int) -> int:
    return found.totals()[year].sums["count"]


# The real register


@pytest.fixture
def register():
    call_command("load_register", verbosity=0)


def reviewed(year: int) -> list[Unit]:
    """Every commune of that year with a figure of its own."""
    communes = list(communes_alive(year).order_by("code"))
    source, standard = ReviewFileFactory(year=year), PovertyStandardFactory()
    rows = [
        PovertyReviewFactory.build(
            unit=commune, year=year, source=source, standard=standard, poor_opening=7 + n * n % 101
        )
        for n, commune in enumerate(communes)
    ]
    PovertyReview.objects.bulk_create(rows)
    return communes


def test_the_totals_of_a_year_are_equal_on_all_three_layers_of_communes(register):
    assert len(reviewed(2024)) == 136
    reported = sum(PovertyReview.objects.values_list("poor_closing", flat=True))

    for day, communes in LAYERS.items():
        found = table(2024, day=day)
        rows = told(found, 2024)
        assert found.rows().count() == communes
        assert sum(rows.values()) + sum(left(found, 2024).values()) == reported
        assert total(found, 2024) == reported
    assert total(table(2024), 2024) == reported


def test_what_no_heir_is_known_for_has_a_row_of_its_own(register):
    reviewed(2024)
    lost = PovertyReview.objects.filter(unit__code__in=("08779", "09058", "09142"))

    for day in list(LAYERS)[1:]:
        found = table(2024, day=day)
        assert left(found, 2024) == {Why.LOST: sum(lost.values_list("poor_closing", flat=True))}
        parts = parts_of_reason(found, Why.LOST, 2024)
        assert {part.unit.code for part in parts} == {"08779", "09058", "09142"}


def test_districts_do_not_change_when_only_their_communes_did(register):
    reviewed(2024)

    before, after = (
        table(2024, level="district"),
        table(2024, level="district", day=date(2025, 1, 1)),
    )

    assert len(told(before, 2024)) == 9
    assert told(before, 2024) == told(after, 2024)
    assert left(after, 2024) == {}


def test_the_new_province_holds_the_ground_of_the_old_one_and_nothing_is_lost(register):
    reviewed(2024)

    old, new = table(2024, level="province"), table(2024, level="province", day=END)

    assert told(old, 2024) == {"Vĩnh Phúc": total(old, 2024)}
    assert told(new, 2024) == {"Phú Thọ": total(old, 2024)}
    assert left(new, 2024) == {}


def test_after_the_district_level_the_communes_stand_in_the_table_of_districts(register):
    reviewed(2024)

    found = table(2024, level="district", day=END)

    assert told(found, 2024) == told(table(2024, day=END), 2024)
    assert len(told(found, 2024)) == 36


def test_merged_communes_are_not_split_back_and_districts_are_where_they_can_be(register):
    reviewed(2025)
    back = date(2024, 12, 31)

    communes, districts = table(2025, day=back), table(2025, level="district", day=back)

    assert set(left(communes, 2025)) == {Why.JOINED}
    assert sum(told(communes, 2025).values()) + left(communes, 2025)[Why.JOINED] == total(
        communes, 2025
    )
    parts = parts_of_reason(districts, Why.JOINED, 2025)
    assert {part.unit.short_name for part in parts} == {"Sơn Đông", "Tam Dương Bắc"}
    assert sum(told(districts, 2025).values()) + sum(left(districts, 2025).values()) == total(
        districts, 2025
    )


@pytest.mark.parametrize("day", LAYERS)
def test_the_number_of_statements_does_not_grow_with_the_units(
    register, day, django_assert_max_num_queries
):
    reviewed(2024)

    with django_assert_max_num_queries(16):
        found = table(2024, day=day)
        assert len(found.cells([row.pk for row in found.rows()])) == LAYERS[day]
        found.leftovers()
        found.totals()


# Small ones


@pytest.fixture
def district():
    return DistrictFactory(parent=ProvinceFactory(), short_name="Lập Thạch")


def ends(district, name, *, on=END, figure=20, year=2024, **fields):
    """A commune that ends on a day, with a figure of one year before."""
    unit = CommuneFactory(parent=district, short_name=name, valid_to=on)
    if figure is not None:
        PovertyReviewFactory(unit=unit, year=year, poor_opening=figure, **fields)
    return unit


def starts(district, name, *predecessors, on=END, way=Succession.Way.MERGE, shares=()):
    """The commune made of these on that day."""
    heir = CommuneFactory(parent=district, short_name=name, valid_from=on)
    for place, old in enumerate(predecessors):
        share = shares[place] if shares else None
        SuccessionFactory(predecessor=old, successor=heir, way=way, share=share)
    return heir


def cell(found, row, year=2024):
    return found.cells([row.pk])[row.pk][year]


def test_a_split_with_shares_is_an_estimate_whose_parts_come_to_the_whole(district):
    old = ends(district, "A", figure=11)
    halves = [starts(district, name, old, way="split", shares=["0.5"]) for name in ("Bắc", "Nam")]

    found = table(2024, day=END)

    assert told(found, 2024) == {"Bắc": 6, "Nam": 5}
    assert cell(found, halves[0]).estimated
    assert cell(found, halves[0]).complete
    assert told(table(2024, day=END, level="district"), 2024) == {"Lập Thạch": 11}


def test_a_split_without_shares_is_marked_and_not_guessed(district):
    old, whole = ends(district, "A", figure=11), ends(district, "B", figure=4)
    north = starts(district, "Bắc", old, whole, way="split")
    south = starts(district, "Nam", old, way="split")

    found = table(2024, day=END)

    assert told(found, 2024) == {"Bắc": 4}
    assert left(found, 2024) == {Why.UNSHARED: 11}
    assert cell(found, north).short == cell(found, south).short == {Why.UNSHARED}
    assert not cell(found, south).told
    assert total(found, 2024) == 15
    assert told(table(2024, day=END, level="district"), 2024) == {"Lập Thạch": 15}


def test_a_renamed_commune_keeps_its_figures_both_ways(district):
    old = ends(district, "Kim Long")
    new = starts(district, "Kim Long mới", old, way="rename")
    PovertyReviewFactory(unit=new, year=2025, poor_opening=5)

    assert told(table(2024, day=END), 2024) == {"Kim Long mới": 20}
    assert told(table(2025, day=date(2024, 12, 31)), 2025) == {"Kim Long": 5}


def test_a_commune_without_figures_leaves_the_sum_incomplete(district):
    new = starts(district, "Mới", ends(district, "A"), ends(district, "B", figure=None))

    found = cell(table(2024, day=END), new)

    assert (found.reported, found.expected, found.complete) == (1, 2, False)


def test_as_reported_each_year_stands_on_its_own_units(district):
    old = ends(district, "A")
    new = starts(district, "Mới", old)
    PovertyReviewFactory(unit=new, year=2025, poor_opening=5)

    found = table(2024, 2025)

    assert [row.short_name for row in found.rows()] == ["A", "Mới"]
    assert told(found, 2024) == {"A": 20}
    assert told(found, 2025) == {"Mới": 5}
    assert not cell(found, new).carried
    assert found.leftovers() == {}


def test_rates_are_computed_where_the_counts_have_come_to_stand(district):
    halves = [ends(district, name, figure=n, households=h) for name, n, h in
              (("A", 10, 100), ("B", 10, 900))]  # fmt: skip
    new = starts(district, "Mới", *halves)

    found = cell(table(2024, day=END, measure="poor_rate"), new)

    assert found.sums == {"part": 20, "whole": 1000}


def test_a_table_of_one_district_holds_what_lies_in_it_and_no_more(district):
    other = DistrictFactory(parent=district.parent, short_name="Tam Dương")
    inside, lost = ends(district, "A", figure=3), ends(district, "Mất", figure=2)
    outside, across = ends(other, "B", figure=100), ends(other, "Ngang", figure=500)
    SuccessionFactory(predecessor=lost, successor=None, way="dissolve")
    starts(district, "Mới", inside)
    starts(other, "Khác", outside)
    starts(district, "Bắc", across, way="split")
    starts(other, "Nam", across, way="split")

    found = table(2024, day=END, under=district)

    assert told(found, 2024) == {"Mới": 3}
    assert left(found, 2024) == {Why.LOST: 2}
    assert found.totals()[2024].sums["count"] == 5
    assert found.totals()[2024].short == {Why.UNSHARED}


def test_every_sum_opens_to_the_units_of_its_year(district):
    a, b, none = (
        ends(district, "A"),
        ends(district, "B", figure=7),
        ends(district, "C", figure=None),
    )
    ends(district, "Trước", on=date(2023, 6, 1), year=2022)
    new = starts(district, "Mới", a, b, none)
    found = table(2024, day=END)

    parts = parts_of_row(found, new, 2024)

    assert [(part.unit, part.amounts) for part in parts] == [
        (a, {"count": 20}),
        (b, {"count": 7}),
        (none, None),
    ]


def test_a_district_opens_to_its_communes_and_names_the_lost_one(district):
    lost, stays = ends(district, "Mất", on=date(2025, 1, 1)), CommuneFactory(parent=district)
    SuccessionFactory(predecessor=lost, successor=None, way="dissolve")
    PovertyReviewFactory(unit=stays, year=2024)

    parts = parts_of_row(table(2024, day=END, level="district"), district, 2024)

    assert {(part.unit, part.deduced) for part in parts} == {(lost, True), (stays, False)}


def test_figures_that_do_not_add_up_stay_with_the_unit_that_has_them(district):
    old, stays = ends(district, "A"), CommuneFactory(parent=district, short_name="Ở lại")
    PovertyReviewFactory(unit=stays, year=2024, poor_opening=5)
    new = starts(district, "Mới", old, ends(district, "B"))

    found = table(2024, day=END, adds=False)

    assert told(found, 2024) == {"Ở lại": 5}
    assert cell(found, new).apart == 2
    assert found.leftovers() == {}
    assert [part.sums for part in parts_of_row(found, new, 2024)] == [{"count": 20}] * 2


def test_parts_of_one_unit_that_come_to_one_row_by_two_ways_are_one_part(district):
    old = ends(district, "A", figure=11)
    starts(district, "Bắc", old, way="split", shares=["0.5"])
    found = table(2024, day=END, level="district")

    (part,) = parts_of_row(found, district, 2024)

    assert (part.amounts, part.share) == ({"count": 11}, 1)
    assert told(found, 2024) == {"Lập Thạch": 11}


def test_without_any_figures_or_any_rows_a_table_is_empty_on_any_day(district):
    old = ends(district, "A", figure=None)
    new = starts(district, "Mới", old)

    found, before = table(2024, day=END), table(2024, day=date(2000, 1, 1))

    assert (cell(found, new).told, cell(found, new).expected) == (False, 1)
    assert (before.cells([]), before.leftovers()) == ({}, {})
