"""What a list writes: households, their years with the units of those days, and the counts."""

from datetime import date

import pytest
from django.db.models import Count, Q

from tests.factories.households import (
    HEADS,
    KEPT_HEADS,
    SENSITIVE_HEADS,
    YEARS,
    as_csv,
    as_xlsx,
    counted,
    make_list,
    two_communes,
)
from tests.factories.poverty import both_standards
from tests.factories.units import CommuneFactory, SuccessionFactory, VillageFactory
from units.actions import confirm_import, undo_import, upload_import
from units.households.courses import COUNTED, DERIVED
from units.imports.kind import kind_of
from units.models import (
    Household,
    HouseholdYear,
    Import,
    PovertyTally,
    Succession,
)

pytestmark = pytest.mark.django_db
WITHOUT = tuple(head for head in HEADS if head not in SENSITIVE_HEADS)


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


def villages_of(communes):
    return [village for _, villages in communes for village in villages]


def brought(rows, made=as_csv, heads=HEADS, by=None, options=None):
    job = upload_import(kind_of("ho"), made(rows, heads), by=by, options=options or {})
    assert job.state == Import.State.WAITING, [str(told) for told in job.problems.all()]
    confirm_import(job, by=by)
    job.refresh_from_db()
    return job


def tallies(names=COUNTED):
    """(code, year) → the counts that are kept."""
    found = PovertyTally.objects.filter(origin=PovertyTally.Origin.REGISTER)
    return {
        (code, year): dict(zip(names, counts, strict=True))
        for code, year, *counts in found.values_list("unit__code", "year", *names)
    }


def expected(rows, villages):
    """Counts by plain loops, nought where a village has no household."""
    nothing = dict.fromkeys(COUNTED, 0)
    codes = [v.code for v in villages] + [v.parent.code for v in villages]
    told = counted(rows) | counted(rows, at="ma_xa")
    return {(code, year): nothing | told.get((code, year), {}) for code in codes for year in YEARS}


@pytest.mark.parametrize("made", [as_xlsx, as_csv])
def test_every_village_and_commune_is_counted_in_every_year(communes, made):
    rows = make_list(villages_of(communes), 80)

    brought(rows, made)

    assert tallies() == expected(rows, villages_of(communes))
    assert Household.objects.count() == 80


def test_the_households_on_file_tell_the_same_counts(communes):
    rows = make_list(villages_of(communes), 60)
    brought(rows)

    told = HouseholdYear.objects.values_list("unit__code", "year").annotate(
        poor=Count("pk", filter=Q(status="N")),
        near_poor=Count("pk", filter=Q(status="CN")),
        newly_escaped=Count("pk", filter=Q(status="MTN")),
    )
    kept = tallies(("poor", "near_poor", "newly_escaped"))
    for code, year, *counts in told:
        assert list(kept[code, year].values()) == counts


def test_only_code_village_head_and_statuses_are_kept(communes):
    row = make_list(villages_of(communes), 1)[0]
    job = brought([row])

    household = Household.objects.get()
    assert [household.code, household.unit.code, household.unit.parent.code, household.head] == [
        row[head] for head in KEPT_HEADS
    ]
    assert household.source == job
    statuses = dict(household.years.values_list("year", "status"))
    assert statuses == {year: row[f"tt_{year}"] for year in YEARS if row[f"tt_{year}"]}


def test_the_file_itself_is_never_kept(communes, settings, tmp_path):
    brought(make_list(villages_of(communes), 5))

    assert Import.objects.get().file.name == ""
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


# Once more


def test_a_list_brought_twice_changes_nothing(communes):
    rows = make_list(villages_of(communes), 30)
    brought(rows)
    before = tallies()

    job = brought(rows)

    assert (job.counts["same"], job.counts["new"], job.counts["changed"]) == (30, 0, 0)
    assert job.counts["parts"]["dem"] == {"same": 6}
    assert tallies() == before


def test_a_new_year_and_another_name_are_told_as_changes(communes):
    rows = make_list(villages_of(communes), 30)
    until_2023 = [{**row, "tt_2024": "", "tt_2025": ""} for row in rows if row["tt_2023"]]
    brought(until_2023)
    assert set(HouseholdYear.objects.values_list("year", flat=True)) == {2021, 2022, 2023}

    rows[0]["chu_ho"] = "Lưu Thị Đoan"
    job = brought(rows)

    assert job.counts["changed"] == len(until_2023)
    assert job.counts["new"] == len(rows) - len(until_2023)
    assert Household.objects.get(code=rows[0]["ma_ho"]).search == "luu thi doan"
    assert tallies() == expected(rows, villages_of(communes))


def test_columns_that_a_list_lacks_leave_their_counts_as_the_last_list_told_them(communes):
    rows = make_list(villages_of(communes), 40)
    brought(rows)
    before = tallies()

    job = brought(rows, heads=WITHOUT)

    assert job.counts["same"] == 40
    assert tallies() == before


def test_counts_that_no_list_told_are_unknown_and_not_nought(communes):
    brought(make_list(villages_of(communes), 40), heads=WITHOUT)

    for counts in tallies().values():
        assert [counts[name] for name in COUNTED if name not in DERIVED] == [None, None, None]


def test_a_count_that_can_no_longer_be_true_is_unknown(communes):
    village = villages_of(communes)[0]
    row = make_list([village], 1)[0] | {
        "dan_toc": "Dao",
        **{f"tt_{year}": "N" for year in YEARS},
        **dict.fromkeys(HEADS[10:14], 1),
    }
    brought([row])
    assert tallies()[village.code, 2025]["poor_ethnic"] == 1

    brought([row | {"tt_2025": "MTN"}], heads=WITHOUT)

    assert tallies()[village.code, 2024]["poor_ethnic"] == 1
    assert tallies()[village.code, 2025]["poor_ethnic"] is None


# Taken back


def test_an_import_taken_back_leaves_nothing(communes):
    job = brought(make_list(villages_of(communes), 30))

    undo_import(job, by=None)

    assert not Household.objects.exists()
    assert not HouseholdYear.objects.exists()
    assert tallies() == {}


def test_an_import_taken_back_restores_what_it_replaced(communes):
    villages = villages_of(communes)
    rows = make_list(villages, 30)
    until_2024 = [row | {"tt_2025": ""} for row in rows if row["tt_2024"]]
    brought(until_2024)
    before = tallies()
    kept = sorted(HouseholdYear.objects.values_list("household__code", "year", "status", "unit"))
    rows[0]["chu_ho"] = "Lưu Thị Đoan"
    job = brought(rows)

    undo_import(job, by=None)

    assert tallies() == before
    now = sorted(HouseholdYear.objects.values_list("household__code", "year", "status", "unit"))
    assert now == kept
    names = dict(Household.objects.values_list("code", "head"))
    assert names == {row["ma_ho"]: row["chu_ho"] for row in make_list(villages, 30)
                     if row["ma_ho"] in names}  # fmt: skip


# In time


@pytest.fixture
def merged():
    """Two communes that one takes over from 2025 on, each village with a life under each."""
    ended = date(2025, 7, 1)
    old = two_communes(villages=2)
    for commune, villages in old:
        for unit in (*villages, commune):
            unit.valid_to = ended
            unit.save()
    new = CommuneFactory(code="08707", valid_from=ended)
    for commune, villages in old:
        SuccessionFactory(predecessor=commune, successor=new, date=ended)
        for village in villages:
            heir = VillageFactory(code=village.code, parent=new, valid_from=ended)
            SuccessionFactory(
                predecessor=village, successor=heir, date=ended, way=Succession.Way.TRANSFER
            )
    return old, new


def test_a_year_belongs_to_the_village_of_its_last_day(merged):
    old, new = merged
    rows = make_list(villages_of(old), 40)
    brought(rows)

    units = HouseholdYear.objects.values_list("year", "unit__parent").distinct()
    ended = {commune.pk for commune, _ in old}
    for year, commune in units:
        assert commune in ({new.pk} if year == 2025 else ended)
    poor = {row.year: row.poor for row in PovertyTally.objects.filter(unit=new)}
    assert poor == {2025: sum(row["tt_2025"] == "N" for row in rows)}


@pytest.mark.parametrize("now", [(2023, 11, 20, 9), (2026, 3, 2, 9)])
def test_a_list_names_its_villages_by_the_commune_of_before_or_after(merged, stop_clock, now):
    """Household by household the outcome is the same, but for the life that it hangs on."""
    stop_clock(*now)
    old, _ = merged
    rows = make_list(villages_of(old), 20)
    brought(rows)
    kept = sorted(HouseholdYear.objects.values_list("household__code", "year", "unit"))

    job = brought([row | {"ma_xa": "08707"} for row in rows])

    assert job.counts["same"] == 20
    again = sorted(HouseholdYear.objects.values_list("household__code", "year", "unit"))
    assert again == kept


def test_a_village_without_an_heir_keeps_its_later_years_and_the_file_says_so(communes):
    (commune, villages), _ = communes
    for unit in (*villages, commune):
        unit.valid_to = date(2025, 1, 1)
        unit.save()
    rows = make_list(villages, 10)

    job = brought(rows)

    assert "unplaced_year" in job.problems.values_list("rule", flat=True)
    kept = set(HouseholdYear.objects.filter(year=2025).values_list("unit", flat=True))
    assert kept <= {village.pk for village in villages}


def test_a_village_entered_later_leaves_earlier_years_to_its_commune(communes):
    commune = communes[0][0]
    village = VillageFactory(code="0870799", parent=commune, valid_from=date(2023, 1, 1))
    row = make_list([village], 1)[0] | {f"tt_{year}": "CN" for year in YEARS}
    row |= dict.fromkeys(HEADS[10:22], 0)

    brought([row])

    units = dict(HouseholdYear.objects.values_list("year", "unit"))
    assert units == {2021: commune.pk, 2022: commune.pk, **dict.fromkeys(YEARS[2:], village.pk)}
    assert tallies()["08707", 2021]["near_poor"] == 1
