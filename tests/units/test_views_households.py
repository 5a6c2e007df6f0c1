"""The pages of households: by name for the own commune, in counts for everybody above."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from tests.factories.households import (
    EscapeRegistrationFactory,
    HouseholdFactory,
    two_communes,
)
from tests.factories.poverty import both_standards
from tests.factories.units import DepartmentFactory, SuccessionFactory, VillageFactory, person
from units.kinds import Role
from units.models import EscapeRegistration, Household, LogEntry, Succession

pytestmark = pytest.mark.django_db
LIST, COUNTS = reverse("units:households"), reverse("units:household_counts")


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2023, 11, 20, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def reporter(communes, client):
    user = person(Role.REPORTER, communes[0][0])
    client.force_login(user)
    return user


def household(unit, head, **statuses):
    told = {int(name[1:]): status for name, status in statuses.items()}
    return HouseholdFactory(unit=unit, head=head, statuses=told)


def heads(response):
    return [each.head for each in response.context["page"]]


# The list


def test_the_list_holds_the_own_communes_households_village_by_village(client, reporter, communes):
    (_, (first, second, _)), (_, (theirs, *_)) = communes
    household(second, "Lưu Thị Yến", y2022="N")
    household(first, "Ngô Văn Ẩn", y2022="CN")
    household(first, "Đặng Thị An", y2022="N")
    household(theirs, "Triệu Văn Hòa", y2022="N")

    response = client.get(LIST)

    assert heads(response) == ["Đặng Thị An", "Ngô Văn Ẩn", "Lưu Thị Yến"]
    assert response.context["year"] == 2022
    assert "Triệu Văn Hòa" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "dang THI"}, ["Đặng Thị An"]),
        ({"q": "0870700007"}, ["Ngô Văn Ẩn"]),
        ({"q": "087070000"}, []),
        ({"tt": "N"}, ["Đặng Thị An"]),
        ({"tt": "chua-co"}, ["Ngô Văn Ẩn"]),
        ({"nam": "2021"}, ["Đặng Thị An", "Ngô Văn Ẩn"]),
        ({"nam": "2021", "tt": "CN"}, ["Ngô Văn Ẩn"]),
        ({"dk": "co"}, ["Đặng Thị An"]),
        ({"dk": "reached"}, []),
        ({"nam": "mười"}, ["Đặng Thị An", "Ngô Văn Ẩn"]),
    ],
)
def test_the_list_is_filtered_by_words_year_status_and_registration(
    client, reporter, communes, query, found
):
    village = communes[0][1][0]
    poor = household(village, "Đặng Thị An", y2022="N")
    near = household(village, "Ngô Văn Ẩn", y2021="CN")
    Household.objects.filter(pk=near.pk).update(code="0870700007")
    EscapeRegistrationFactory(household=poor, year=2022, registered_on=date(2022, 3, 1))

    assert heads(client.get(LIST, query)) == found


def test_a_village_brings_along_what_it_was_before(client, reporter, communes):
    commune, (village, other, _) = communes[0]
    village.valid_to = date(2023, 1, 1)
    village.save()
    heir = VillageFactory(parent=commune, code=village.code, valid_from=date(2023, 1, 1))
    SuccessionFactory(
        predecessor=village, successor=heir, date=date(2023, 1, 1), way=Succession.Way.RENAME
    )
    household(village, "Đặng Thị An", y2022="N")
    household(other, "Ngô Văn Ẩn", y2022="N")

    assert heads(client.get(LIST, {"thon": heir.pk})) == ["Đặng Thị An"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, reporter, communes, rows, django_assert_num_queries
):
    for number in range(rows):
        household(communes[0][1][number % 3], f"Đặng Thị {'ABC'[number]}", y2022="N")

    with django_assert_num_queries(16):
        response = client.get(LIST)

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_taking_the_list_away_is_logged_once(client, reporter, communes, suffix):
    household(communes[0][1][0], "Đặng Thị An", y2021="N", y2022="CN")

    response = client.get(reverse("units:households_download", args=[f".{suffix}"]))
    content = b"".join(response.streaming_content)

    assert content
    row = LogEntry.objects.get()
    assert (row.action, row.by, row.unit) == ("export_households", reporter, communes[0][0])
    if suffix == "csv":
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [line["Họ tên chủ hộ"] for line in lines] == ["Đặng Thị An"]
        assert (lines[0]["Tình trạng 2021"], lines[0]["Tình trạng 2022"]) == ("N", "CN")


# One household


def test_a_households_page_tells_its_years_and_registrations_and_is_logged(
    client, reporter, communes
):
    found = household(communes[0][1][0], "Đặng Thị An", y2021="N", y2022="CN")
    EscapeRegistrationFactory(household=found, note="Vay vốn nuôi bò")

    for views in (1, 2):
        page = client.get(reverse("units:household", args=[found.pk])).content.decode()
        assert LogEntry.objects.filter(action="read_household", object_id=found.pk).count() == views
    for words in ("Đặng Thị An", "hộ cận nghèo", "20/02/2023", "đang thực hiện", "Vay vốn nuôi bò"):
        assert words in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_households_page_costs_the_same_for_any_number_of_years(
    client, reporter, communes, rows, django_assert_num_queries
):
    found = household(communes[0][1][0], "Đặng Thị An")
    for year in range(2023, 2023 - rows, -1):
        found.years.create(year=year, status="N", unit=found.unit)
        EscapeRegistrationFactory(household=found, year=year, registered_on=date(year, 3, 1))

    with django_assert_num_queries(14):
        client.get(reverse("units:household", args=[found.pk]))


def test_a_household_is_added_corrected_and_told_of_by_the_pages(client, reporter, communes):
    first, second, _ = communes[0][1]
    told = {"code": "0870700001", "head": "Đặng Thị An", "unit": first.pk}
    response = client.post(reverse("units:household_add"), told)
    found = Household.objects.get()
    assert response["Location"] == reverse("units:household", args=[found.pk])

    client.post(reverse("units:household_edit", args=[found.pk]), told | {"unit": second.pk})
    client.post(reverse("units:household_status", args=[found.pk]), {"year": "2022", "status": "N"})
    client.post(
        reverse("units:household_register", args=[found.pk]),
        {"year": "2023", "registered_on": "20/02/2023", "note": ""},
    )
    registration = EscapeRegistration.objects.get()
    client.post(
        reverse("units:household_outcome", args=[registration.pk]),
        {"outcome": "missed", "decided_on": "01/11/2023", "note": ""},
    )

    found.refresh_from_db()
    registration.refresh_from_db()
    assert found.unit == second
    assert list(found.years.values_list("year", "status")) == [(2022, "N")]
    assert (registration.outcome, registration.decided_on) == ("missed", date(2023, 11, 1))


def test_refusals_stand_at_their_field(client, reporter, communes):
    found = household(communes[0][1][0], "Đặng Thị An", y2021="N")

    page = client.post(
        reverse("units:household_status", args=[found.pk]), {"year": "2023", "status": "N"}
    )

    assert page.context["form"].errors["status"] == [
        "Năm 2022 sẽ bị bỏ trống giữa hai năm có tình trạng; hãy ghi năm 2022 trước (K nếu hộ đã "
        "ra khỏi danh sách)."
    ]


def test_a_registration_entered_by_mistake_is_taken_away(client, reporter, communes):
    found = household(communes[0][1][0], "Đặng Thị An", y2022="N")
    registration = EscapeRegistrationFactory(household=found)
    address = reverse("units:household_withdraw", args=[registration.pk])

    assert "Cần ghi vì sao bỏ đăng ký." in client.post(address, follow=True).content.decode()
    client.post(address, {"reason": "ghi nhầm hộ"})

    assert not EscapeRegistration.objects.exists()


# Counts


@pytest.fixture
def counted(communes):
    """2 poor, 1 near-poor in one village of the first commune; 1 escaped in the second."""
    village, other = communes[0][1][0], communes[1][1][1]
    first = household(village, "Đặng Thị An", y2022="N")
    household(village, "Ngô Văn Ẩn", y2021="CN", y2022="N")
    household(village, "Lưu Thị Yến", y2022="CN")
    last = household(other, "Triệu Văn Hòa", y2021="N", y2022="MTN")
    for each, outcome in ((first, "reached"), (last, "open")):
        day = None if outcome == "open" else date(2022, 11, 1)
        EscapeRegistrationFactory(
            household=each, year=2022, registered_on=date(2022, 3, 1), outcome=outcome,
            decided_on=day,
        )  # fmt: skip


def lines(response):
    return [
        (line.unit.code, *line.by_status, line.registered, *line.by_outcome)
        for line in response.context["lines"]
    ]


@pytest.mark.usefixtures("counted")
def test_above_the_commune_the_same_address_shows_counts(client, communes):
    client.force_login(person(Role.LEADER, communes[0][0].parent))

    response = client.get(LIST)

    assert lines(response) == [
        ("08707", 2, 1, 0, 0, 1, 1, 0, 0),
        ("08710", 0, 0, 1, 0, 1, 0, 0, 1),
    ]
    total = response.context["total"]
    assert (*total.by_status, total.registered, *total.by_outcome) == (2, 1, 1, 0, 2, 1, 0, 1)


@pytest.mark.usefixtures("counted")
def test_registered_is_the_sum_of_reached_missed_and_open(client, communes):
    client.force_login(person(Role.PROVINCE_VIEWER, DepartmentFactory()))

    for line in client.get(LIST).context["lines"]:
        assert line.registered == sum(line.by_outcome)


@pytest.mark.usefixtures("counted")
def test_a_communes_villages_are_counted_too(client, communes):
    commune, villages = communes[0]
    client.force_login(person(Role.BOARD, DepartmentFactory()))

    response = client.get(LIST, {"xa": commune.pk})

    assert lines(response)[0] == (commune.code, *(0,) * 8)
    assert lines(response)[1] == (villages[0].code, 2, 1, 0, 0, 1, 1, 0, 0)
    assert response.context["total"].by_status == [2, 1, 0, 0]


@pytest.mark.usefixtures("counted")
def test_a_district_counts_its_own_communes_alone(client, communes):
    other, _ = two_communes_elsewhere()
    client.force_login(person(Role.REPORTER, other.parent))

    assert lines(client.get(LIST)) == [(other.code, *(0,) * 8)]
    assert client.get(LIST, {"xa": communes[0][0].pk}).status_code == 404


def two_communes_elsewhere():
    village = VillageFactory()
    return village.parent, village


@pytest.mark.usefixtures("counted")
def test_the_commune_counts_by_village_at_an_address_of_its_own(client, reporter):
    assert lines(client.get(COUNTS)) == [("08707", 2, 1, 0, 0, 1, 1, 0, 0)]


def test_registrations_of_a_unit_that_ended_within_the_year_stand_with_its_heir(client, communes):
    commune, villages = communes[0]
    ended = date(2023, 7, 1)
    for unit in (*villages, commune):
        unit.valid_to = ended
        unit.save()
    heir = SuccessionFactory(predecessor=commune, date=ended).successor
    EscapeRegistrationFactory(household=household(villages[0], "Đặng Thị An", y2022="N"))
    client.force_login(person(Role.BOARD, DepartmentFactory()))

    response = client.get(LIST, {"nam": "2023"})

    told = {line.unit.pk: line.registered for line in response.context["lines"]}
    assert told == {heir.pk: 1, communes[1][0].pk: 0}


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("rows", [1, 3])
def test_counts_cost_the_same_for_any_number_of_rows(
    client, communes, rows, django_assert_num_queries
):
    for _ in range(rows):
        two_communes_elsewhere()
    client.force_login(person(Role.BOARD, DepartmentFactory()))

    with django_assert_num_queries(18):
        client.get(LIST)


@pytest.mark.usefixtures("counted")
def test_counts_are_taken_away_as_a_table(client):
    client.force_login(person(Role.POVERTY_DESK, DepartmentFactory()))

    response = client.get(reverse("units:households_download", args=[".csv"]))

    content = b"".join(response.streaming_content).decode("utf-8-sig")
    told = [(row["Mã đơn vị"], row["Hộ nghèo"], row["Đăng ký: đạt"])
            for row in csv.DictReader(io.StringIO(content))]  # fmt: skip
    assert told == [("08707", "2", "1"), ("08710", "0", "0")]
    assert not LogEntry.objects.exists()
