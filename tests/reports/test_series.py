"""Series of reviews, of figures of reports and of places, on the boundaries of any day."""

from datetime import date
from decimal import Decimal

import pytest

from criteria.models import Indicator
from criteria.states import RankingState
from reports.figures.carried import Asked, Series, find, measures, opened
from reports.figures.carried.series import APART, ESTIMATED, FROM_BELOW, SHORT
from reports.models import Figure
from tests.factories.criteria import BlockFactory, RankingFactory, RankingRowFactory
from tests.factories.poverty import PovertyReviewFactory, both_standards
from tests.factories.reports import accepted, sent, started
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    ProvinceFactory,
    SuccessionFactory,
    person,
)
from units.boundaries import Level, Why
from units.kinds import Role

pytestmark = pytest.mark.django_db
END = date(2025, 7, 1)


def series(key, user, level=Level.COMMUNE, *, years=(2023,), campaign=None, **question):
    measure = find(measures(campaign), key)
    return Series(Asked(measure, level, years, user, **question))


def texts(shown: Series) -> dict[str, list[str]]:
    """Row → its figures in words."""
    return {line.title: [cell.text for cell in line.cells] for line in rows(shown)}


def rows(shown: Series):
    return shown.lines(list(shown.units))


def marks(line, place=0):
    return [mark.word for mark in line.cells[place].marks]


def ending(district, name):
    return CommuneFactory(parent=district, short_name=name, valid_to=END)


def merged(district, name, *old, way="merge", share=None):
    heir = CommuneFactory(parent=district, short_name=name, valid_from=END)
    for unit in old:
        SuccessionFactory(predecessor=unit, successor=heir, way=way, share=share)
    return heir


# Reviews


@pytest.fixture
def district():
    both_standards()
    return DistrictFactory(parent=ProvinceFactory(), short_name="Lập Thạch")


@pytest.fixture
def reader(district):
    return person(Role.REPORTER, district)


def test_years_of_two_standards_are_parted_and_never_compared(district, reader):
    unit = CommuneFactory(parent=district)
    for year, poor in ((2021, 50), (2022, 90), (2023, 60)):
        PovertyReviewFactory(unit=unit, year=year, poor_opening=poor)

    shown = series("poor_closing", reader, years=(2021, 2022, 2023))

    assert [span.breaks != "" for span in shown.spans] == [False, True, False]
    assert [span.year for span in shown.compared] == [2022, 2023]
    assert rows(shown)[0].change == "-30"
    assert shown.notes[0].startswith("Từ năm 2022 đo theo chuẩn nghèo")
    assert series("poor_closing", reader, years=(2021, 2022)).compared is None


def test_a_change_needs_both_years_whole(district, reader):
    a, b = ending(district, "A"), ending(district, "B")
    for unit, year in ((a, 2022), (a, 2023), (b, 2023)):
        PovertyReviewFactory(unit=unit, year=year)
    merged(district, "Mới", a, b)

    shown = series("poor_closing", reader, years=(2022, 2023), day=END)

    line = rows(shown)[0]
    assert marks(line) == ["1/2"]
    assert (line.change, shown.total.change) == ("–", "–")


def test_a_split_by_share_is_marked_as_an_estimate(district, reader):
    old = ending(district, "A")
    PovertyReviewFactory(unit=old, poor_opening=11)
    merged(district, "Bắc", old, way="split", share="0.4")
    merged(district, "Nam", old, way="split", share="0.6")

    shown = series("poor_closing", reader, day=END)

    assert texts(shown) == {"Xã Bắc": ["4"], "Xã Nam": ["7"]}
    assert marks(rows(shown)[0]) == [ESTIMATED.word]
    assert shown.legend(rows(shown)) == [ESTIMATED]


def test_what_cannot_be_placed_stands_in_a_row_with_its_reason_and_opens(district, reader):
    old = ending(district, "A")
    PovertyReviewFactory(unit=old, poor_opening=11)
    heirs = [merged(district, name, old, way="split") for name in ("Bắc", "Nam")]

    shown = series("poor_closing", reader, day=END)
    cell, (part,) = opened(shown, shown.spans[0], Why.UNSHARED)

    assert texts(shown) == {"Xã Bắc": ["–"], "Xã Nam": ["–"]}
    assert marks(rows(shown)[0]) == [SHORT.word]
    assert [(line.title, line.cells[0].text) for line in shown.leftovers] == [
        ("Chia tách chưa ghi tỷ lệ", "11")
    ]
    assert (cell.text, part.unit, part.given) == ("11", old, "11")
    assert part.remark == (
        "Xã A được chia tách mà sổ đơn vị không ghi tỷ lệ. Có thể thuộc: Xã Bắc, Xã Nam."
    )
    cell, (part,) = opened(shown, shown.spans[0], heirs[0])
    assert (part.own, part.share, part.given, cell.opens) == ("11", "–", "–", True)


def test_a_rate_is_computed_from_the_carried_counts(district, reader):
    a, b = ending(district, "A"), ending(district, "B")
    PovertyReviewFactory(unit=a, households=100, poor_opening=10)
    PovertyReviewFactory(unit=b, households=900, poor_opening=10)
    merged(district, "Mới", a, b)

    shown = series("poor_rate", reader, day=END)

    assert texts(shown) == {"Xã Mới": ["2,00%"]}
    assert shown.total.cells[0].value == Decimal("2.00")


def test_a_figure_opens_to_its_files(district, reader):
    review = PovertyReviewFactory(unit=CommuneFactory(parent=district))

    shown = series("poor_closing", reader, level=Level.DISTRICT)
    _, (part,) = opened(shown, shown.spans[0], district)

    assert [paper.label for paper in part.papers] == [f"{review.source.name} (xác nhận 20/12/2023)"]
    assert "nam=2023&muc=official" in part.papers[0].url


def test_a_province_that_took_another_over_says_whose_ground_it_tells(district, reader):
    new = ProvinceFactory(short_name="Phú Thọ", valid_from=END, note="Chỉ theo dõi 36 xã.")
    old = district.parent
    old.valid_to = END
    old.save()
    SuccessionFactory(predecessor=old, successor=new)

    notes = series("poor_closing", reader, level=Level.PROVINCE, day=END).notes

    assert any(old.name in note and note.endswith("Chỉ theo dõi 36 xã.") for note in notes)
    assert series("poor_closing", reader, level=Level.PROVINCE).notes == []


# Figures of reports


def told(case, value, **options):
    """The report of a unit accepted with this figure."""
    case = accepted(year=case.year if case else None, **options)
    Figure.objects.filter(report=case.report).update(value=value)
    return case


def figure(case, user, **question):
    campaign = case.year.campaign
    return series("bc-van_ban", user, campaign=campaign, **question)


def test_only_accepted_reports_count_and_only_those_the_user_may_see():
    case = told(None, 5, tier="commune")
    other = CommuneFactory(parent=DistrictFactory(parent=case.year.province), short_name="Khác")
    told(case, 9, tier="commune", unit=other)
    sent(year=case.year, tier="commune", unit=CommuneFactory(parent=case.unit.parent))

    by_district = figure(case, person(Role.REPORTER, case.unit.parent))
    by_board = figure(case, case.board)

    assert sum(line.cells[0].value or 0 for line in rows(by_district)) == 5
    assert other not in by_district.units
    assert by_district.total.cells[0].text == "5"
    assert [mark.word for mark in by_district.total.cells[0].marks] == ["1/2"]
    assert by_board.total.cells[0].text == "14"
    assert "Chỉ gồm báo cáo đã nhận của các đơn vị bạn theo dõi." in by_district.notes
    assert "Chỉ gồm báo cáo đã nhận của các đơn vị bạn theo dõi." not in by_board.notes


def test_somebody_without_reports_to_follow_sees_none_of_their_figures():
    case = told(None, 5, tier="commune")

    shown = figure(case, person(Role.ADMINISTRATOR, case.year.board))

    assert not shown.units.exists()
    assert not shown.total.cells[0].value


def test_figures_of_communes_are_carried_to_the_commune_that_took_them_over():
    case = started(tier="commune")
    district = case.unit.parent
    a, b = ending(district, "A"), ending(district, "B")
    for unit, value in ((a, 5), (b, 9)):
        told(case, value, tier="commune", unit=unit)
    new = merged(district, "Mới", a, b)

    shown = figure(case, case.board, day=END)
    _, parts = opened(shown, shown.spans[0], new)

    assert texts(shown)["Xã Mới"] == ["14"]
    assert [(part.unit, part.own) for part in parts] == [(a, "5"), (b, "9")]
    assert [part.papers[0].label for part in parts] == [
        f"Báo cáo năm 2023 của {unit.name}" for unit in (a, b)
    ]


def test_the_new_commune_reads_on_what_its_predecessors_reported(stop_clock):
    case = started(tier="commune")
    old = ending(case.unit.parent, "A")
    told(case, 5, tier="commune", unit=old)
    told(case, 9, tier="commune", unit=case.unit)
    new = merged(case.unit.parent, "Mới", old, ending(case.unit.parent, "B"))
    leader = person(Role.LEADER, new, starts=END)
    stop_clock(2025, 9, 1, 8)

    carried, reported = figure(case, leader, day=END), figure(case, leader)

    assert texts(carried) == {"Xã Mới": ["5"]}
    assert marks(rows(carried)[0]) == ["1/2"]
    assert texts(reported) == {"Xã A": ["5"], "Xã B": ["–"]}


def test_a_district_counts_once_and_its_communes_stand_in_where_it_has_not_reported():
    case = told(None, 100)
    commune = CommuneFactory(parent=case.unit)
    told(case, 5, tier="commune", unit=commune)
    other = DistrictFactory(parent=case.year.province)
    for value in (7, 8):
        told(case, value, tier="commune", unit=CommuneFactory(parent=other))

    shown = figure(case, case.board, level=Level.DISTRICT)
    found = {line.unit: line for line in rows(shown)}

    assert (found[case.unit].cells[0].text, marks(found[case.unit])) == ("100", [])
    assert (found[other].cells[0].text, marks(found[other])) == ("15", [FROM_BELOW.word])
    assert shown.total.cells[0].text == "115"
    province = figure(case, case.board, level=Level.PROVINCE)
    assert texts(province) == {case.year.province.name: ["115"]}


def test_a_district_that_ended_is_still_in_the_province_that_went_on():
    case = told(None, 100, unit=None)
    district = case.unit
    district.valid_to = END
    district.save()

    province = figure(case, case.board, level=Level.PROVINCE, day=END)

    assert texts(province) == {case.year.province.name: ["100"]}
    without = figure(case, case.board, level=Level.DISTRICT, day=END)
    assert without.level == Level.COMMUNE
    assert "Ngày 01/07/2025 không có cấp huyện: các xã, phường đứng riêng." in without.notes


def test_money_is_divided_to_the_second_decimal():
    case = started(tier="commune")
    Indicator.objects.update(kind="decimal")
    old = ending(case.unit.parent, "A")
    told(case, "0.05", tier="commune", unit=old)
    for name in ("Bắc", "Nam"):
        merged(case.unit.parent, name, old, way="split", share="0.5")

    shown = figure(case, case.board, day=END)

    assert [texts(shown)[f"Xã {name}"] for name in ("Bắc", "Nam")] == [["0,03"], ["0,02"]]


def test_a_figure_that_adds_up_nowhere_is_not_carried():
    case = started(tier="commune")
    Indicator.objects.update(rollup="none")
    old = ending(case.unit.parent, "A")
    told(case, 5, tier="commune", unit=old)
    silent = ending(case.unit.parent, "B")
    new = merged(case.unit.parent, "Mới", old, silent)

    shown = figure(case, case.board, day=END)
    line = next(line for line in rows(shown) if line.unit == new)
    _, parts = opened(shown, shown.spans[0], new)

    assert (line.cells[0].text, marks(line)) == ("–", [APART.word])
    assert [(part.unit, part.own, part.remark) for part in parts] == [
        (old, "5", "Không chuyển sang đơn vị mới."),
        (silent, "chưa có số liệu", ""),
    ]
    assert shown.total is None


def test_a_year_without_a_period_is_said_to_have_none():
    case = told(None, 5, tier="commune")

    shown = figure(case, case.board, years=(2021, 2023))

    assert [span.year for span in shown.spans] == [2023]
    assert "Năm 2021 không có kỳ báo cáo." in shown.notes


# Places


@pytest.fixture
def ranked():
    case = started(tier="commune")
    old = ending(case.unit.parent, "A")
    ranking = RankingFactory(period=case.year.period, tier="commune", published=True)
    RankingRowFactory(ranking=ranking, unit=old, place=3)
    RankingRowFactory(ranking=ranking, unit=case.unit, place=4, decided_place=2, reason="Lý do")
    return case, old, ranking


def place(case, user, **question):
    return series("xep-hang", user, campaign=case.year.campaign, **question)


def test_places_stand_as_they_count_and_go_nowhere(ranked):
    case, old, _ = ranked
    new = merged(case.unit.parent, "Mới", old)

    reported, carried = place(case, case.board), place(case, case.board, day=END)

    assert texts(reported) == {case.unit.name: ["2"], old.name: ["3"]}
    assert texts(carried) == {case.unit.name: ["2"], new.name: ["–"]}
    assert reported.total is None
    assert any("Hạng là vị trí" in note for note in carried.notes)
    _, (part,) = opened(carried, carried.spans[0], new)
    assert (part.unit, part.own) == (old, "3")
    assert part.papers[0].url.startswith("/tieu-chi/xep-hang/")


def test_a_draft_is_seen_by_the_board_alone(ranked):
    case, _, ranking = ranked
    type(ranking).objects.filter(pk=ranking.pk).update(
        state=RankingState.DRAFT, published_at=None, published_by=None
    )

    assert place(case, case.board).units.count() == 2
    hidden = place(case, person(Role.REPORTER, case.unit.parent))
    assert {cell.text for line in rows(hidden) for cell in line.cells} == {"–"}


def test_where_a_group_is_ranked_by_blocks_alone_the_place_is_that_of_the_block(ranked):
    case, old, whole = ranked
    block = BlockFactory(campaign=case.year.campaign, tier="commune", name="Cụm 1")
    ranking = RankingFactory(period=case.year.period, tier="commune", block=block, published=True)
    RankingRowFactory(ranking=ranking, unit=old, place=1)

    assert texts(place(case, case.board))[old.name] == ["3"]
    whole.delete()
    shown = place(case, case.board)
    assert texts(shown) == {case.unit.name: ["–"], old.name: ["1"]}
    _, (part,) = opened(shown, shown.spans[0], old)
    assert "Cụm 1" in part.papers[0].label
