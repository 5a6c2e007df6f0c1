"""The privacy ladder: outside the commune no name and no code of a household, whatever the door.

And what must not be kept of a list is kept nowhere: not in any table, not in any file.
"""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from config.workflow import RuleViolation
from tests.factories.households import (
    FLAGS,
    EscapeRegistrationFactory,
    HouseholdFactory,
    as_csv,
    as_xlsx,
    make_list,
    two_communes,
)
from tests.factories.poverty import both_standards
from tests.factories.units import (
    DepartmentFactory,
    EnterpriseFactory,
    ProvinceFactory,
    SuccessionFactory,
    person,
)
from units.actions import confirm_import, upload_import
from units.actions.households import (
    note_export,
    note_reading,
    register_escape,
    save_household,
    set_status,
)
from units.actions.importing.jobs import work_on
from units.imports.kind import kind_of
from units.kinds import Role
from units.models import EscapeRegistration, Household, Import, LogEntry

pytestmark = pytest.mark.django_db
HEAD, CODE = "Triệu Thị Ngần", "0870700001"


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def household(communes):
    found = HouseholdFactory(
        code=CODE, head=HEAD, unit=communes[0][1][0], statuses={2024: "N", 2025: "CN"}
    )
    EscapeRegistrationFactory(household=found, year=2025, registered_on=date(2025, 2, 1))
    return found


# The ladder


def _seat(role, communes):
    """A user of the name of a rung, all of them outside the commune of the household."""
    commune, villages = communes[0]
    units = {
        "neighbour": (Role.LEADER, communes[1][0]),
        "other village": (Role.REPORTER, villages[1]),
        "district": (Role.LEADER, commune.parent),
        "department": (Role.REPORTER, DepartmentFactory()),
        "enterprise": (Role.REPORTER, EnterpriseFactory(parent=commune)),
        "province": (Role.LEADER, ProvinceFactory()),
    }
    return person(*units[role]) if role in units else person(role, DepartmentFactory())


RUNGS = (
    "neighbour", "other village", "district", "department", "enterprise", "province", Role.BOARD,
    Role.COUNCIL, Role.POVERTY_DESK, Role.PROVINCE_VIEWER, Role.ADMINISTRATOR,
)  # fmt: skip


def _text(response):
    """All that a response tells, with the cells of workbooks."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return str([[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()])
    return content.decode("utf-8-sig")


def _pages(household):
    """name → (address, query) of every door that might tell of a household."""
    one = {name: reverse(f"units:{name}", args=[household.pk]) for name in (
        "household", "household_edit", "household_status", "household_register")}  # fmt: skip
    registration = household.registrations.get()
    lists = ("units:households", "units:household_counts")
    tables = ("units:households_download", "units:household_counts_download")
    return {
        **{name: (address, {}) for name, address in one.items()},
        "outcome": (reverse("units:household_outcome", args=[registration.pk]), {}),
        **{name: (reverse(name), {}) for name in lists},
        **{f"{name} of 2025": (reverse(name), {"nam": 2025, "tt": "CN"}) for name in lists},
        "search by code": (reverse("units:households"), {"q": CODE}),
        "count by village": (reverse(lists[1]), {"xa": household.unit.parent_id}),
        **{f"{name}{suffix}": (reverse(name, args=[suffix]), {})
           for name in tables for suffix in (".xlsx", ".csv")},
        "template": (reverse("imports:template", args=["ho", ".csv"]), {}),
        "template of the commune": (
            reverse("imports:template", args=["ho", ".xlsx"]), {"xa": household.unit.parent_id}),
        "unit": (household.unit.get_absolute_url(), {}),
        "units": (reverse("units:list"), {"q": "Ngần"}),
    }  # fmt: skip


@pytest.mark.parametrize("rung", RUNGS)
def test_no_door_tells_a_name_or_a_code_outside_the_commune(client, communes, household, rung):
    client.force_login(_seat(rung, communes))

    told = {}
    for name, (address, query) in _pages(household).items():
        response = client.get(address, query)
        text = _text(response)
        echoed = name == "search by code"
        if HEAD in text or (CODE in text and not echoed):
            told[name] = response.status_code
    assert told == {}


@pytest.mark.parametrize("rung", RUNGS)
def test_a_households_pages_are_not_there_outside_the_commune(client, communes, household, rung):
    client.force_login(_seat(rung, communes))

    page = client.get(reverse("units:household", args=[household.pk]))
    found = client.get(reverse("units:households"), {"q": HEAD})

    assert page.status_code == 404
    assert CODE not in found.content.decode()
    assert reverse("units:household", args=[household.pk]) not in found.content.decode()
    assert not LogEntry.objects.filter(action="read_household").exists()


@pytest.mark.parametrize("seat", ["commune", "village", "heir"])
def test_within_the_commune_the_name_is_told(client, communes, household, seat):
    commune, villages = communes[0]
    unit = {"commune": commune, "village": villages[0]}.get(seat) or _heir_of(communes[0])
    client.force_login(person(Role.REPORTER, unit))

    for name in ("units:household", "units:households"):
        args = [household.pk] if name == "units:household" else []
        assert HEAD in client.get(reverse(name, args=args)).content.decode()


def _heir_of(told):
    commune, villages = told
    for unit in (*villages, commune):
        unit.valid_to = date(2026, 1, 1)
        unit.save()
    return SuccessionFactory(predecessor=commune, date=date(2026, 1, 1)).successor


def test_a_part_of_a_commune_that_was_split_takes_over_no_names(client, communes, household):
    heir = _heir_of(communes[0])
    heir.takeovers.update(way="split")
    client.force_login(person(Role.REPORTER, heir))

    assert client.get(reverse("units:household", args=[household.pk])).status_code == 404


def test_whoever_leaves_the_commune_leaves_its_names_behind(client, communes, household):
    user = person(Role.REPORTER, communes[0][0], ends=date(2026, 3, 2))
    client.force_login(user)

    assert client.get(reverse("units:household", args=[household.pk])).status_code == 404
    assert HEAD not in client.get(reverse("units:households")).content.decode()


# Imports


@pytest.fixture
def desk():
    return person(Role.POVERTY_DESK, DepartmentFactory())


def _list(communes, **changes):
    rows = make_list(communes[0][1], 3)
    rows[0] |= {"ma_ho": CODE, "chu_ho": HEAD, **changes}
    return rows


def _preview(client, job):
    """The page of an import with all its lists."""
    pages = [client.get(job.get_absolute_url())]
    for tab in pages[0].context.get("tabs") or ():
        pages.append(client.get(job.get_absolute_url(), {"xem": tab.name}))
    return "".join(page.content.decode() for page in pages)


def test_the_preview_of_the_poverty_desk_shows_counts_and_no_household(client, communes, desk):
    job = upload_import(kind_of("ho"), as_csv(_list(communes)), by=desk, options={})
    client.force_login(desk)

    text = _preview(client, job)

    assert "Cổng đếm được từ tệp" in text
    assert not any(row[head] in text for row in _list(communes) for head in ("chu_ho", "ma_ho"))


def test_the_preview_of_the_commune_shows_its_own_list(client, communes):
    user = person(Role.LEADER, communes[0][0])
    options = {"xa": communes[0][0].pk}
    job = upload_import(kind_of("ho"), as_csv(_list(communes)), by=user, options=options)
    client.force_login(user)

    text = _preview(client, job)

    assert HEAD in text
    assert CODE in text


@pytest.mark.parametrize(
    "changes",
    [
        {"chu_ho": f"<b>{HEAD}"}, {"chu_ho": f"  {HEAD} "}, {"chu_ho": HEAD * 20},
        {"ma_ho": CODE[1:]}, {"ma_ho": f"{CODE}77"}, {"so_dinh_danh": "99912345678X"},
        {"nam_sinh": 1850}, {"dan_toc": "Cao Lan 7!" * 20}, {"so_nhan_khau": "bảy người"},
    ],
)  # fmt: skip
def test_findings_quote_neither_names_nor_what_is_concealed(communes, desk, changes):
    job = upload_import(kind_of("ho"), as_csv(_list(communes, **changes)), by=desk, options={})

    told = " ".join(job.problems.values_list("message", flat=True))
    assert told
    for words in (HEAD, CODE[1:], "99912345678", "1850", "Cao Lan", "bảy người"):
        assert words not in told


def test_the_returned_workbook_goes_to_its_sender_alone(client, communes, desk):
    file = as_xlsx(_list(communes, chu_ho=f"<b>{HEAD}"))
    job = upload_import(kind_of("ho"), file, by=desk, options={})
    address = reverse("imports:returned", args=[job.token])

    for user in (
        person(Role.LEADER, communes[1][0]),
        person(Role.ADMINISTRATOR, ProvinceFactory()),
    ):
        client.force_login(user)
        file.seek(0)
        assert client.post(address, {"tep": file}).status_code == 404
    client.force_login(desk)
    file.seek(0)
    marked = client.post(address, {"tep": file}).content
    rows = load_workbook(io.BytesIO(marked)).worksheets[0].iter_rows()
    notes = [cell.comment.text for row in rows for cell in row if cell.comment]
    assert notes
    assert not any(HEAD in note for note in notes)


def test_an_administrator_sees_that_a_list_came_in_and_nothing_of_it(client, communes):
    user = person(Role.REPORTER, communes[0][0])
    options = {"xa": communes[0][0].pk}
    job = upload_import(kind_of("ho"), as_csv(_list(communes)), by=user, options=options)
    client.force_login(person(Role.ADMINISTRATOR, ProvinceFactory()))

    text = _preview(client, job)

    assert job.name in text
    assert not any(words in text for words in (HEAD, CODE, "08707"))
    client.force_login(person(Role.LEADER, communes[1][0]))
    assert client.get(job.get_absolute_url()).status_code == 404


# Messages, log, admin


def test_a_refusal_tells_nothing_of_the_household_it_is_about(communes, household):
    neighbour = person(Role.LEADER, communes[1][0])

    with pytest.raises(RuleViolation) as refusal:
        save_household(
            Household(code=CODE, head="Ngô Văn An", unit=communes[1][1][0]), by=neighbour
        )

    assert not any(HEAD in reason or CODE in reason for reason in refusal.value.args)


def test_the_log_and_the_admin_pages_hold_no_name_and_no_code(client, communes):
    commune, villages = communes[0]
    user = person(Role.REPORTER, commune)
    household = save_household(Household(code=CODE, head=HEAD, unit=villages[0]), by=user)
    set_status(household, 2025, "N", by=user)
    register_escape(household, 2025, date(2025, 2, 1), by=user)
    note_reading(household, by=user)
    note_export(commune, by=user)
    household.head = f"{HEAD} Hai"
    save_household(household, by=user)
    client.force_login(person(Role.ADMINISTRATOR, ProvinceFactory()))

    log = reverse("admin:units_logentry_changelist")
    pages = [client.get(log), client.get(log, {"q": "Ngần"})]
    pages += [client.get(reverse("admin:units_logentry_change", args=[row.pk]))
              for row in LogEntry.objects.all()]  # fmt: skip

    assert LogEntry.objects.count() == 6
    text = str(list(LogEntry.objects.values())) + "".join(p.content.decode() for p in pages[:1])
    text += "".join(page.content.decode() for page in pages[2:])
    assert "Ngần" not in text
    assert CODE not in text


@pytest.mark.parametrize("model", [Household, EscapeRegistration, Import])
def test_the_admin_keeps_no_page_of_households_or_of_files(model):
    assert not admin.site.is_registered(model)
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:units_{model._meta.model_name}_changelist")


# What is kept nowhere


def _everything():
    """Every text and JSON of every table, as (model, field, text)."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                for value in model._base_manager.values_list(field.attname, flat=True):
                    yield model, field, json.dumps(value, ensure_ascii=False)


def _secrets(rows):
    """What must stand nowhere: identity numbers, ethnicity, the names of deprivations."""
    identities = {row["so_dinh_danh"] for row in rows}
    return identities | {"Cao Lan", "Sán Dìu", "Kinh"} | set(FLAGS)


@pytest.mark.django_db(transaction=True)  # a worker tells its progress over a second connection
@pytest.mark.parametrize("made", [as_xlsx, as_csv])
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("faulty", [False, True])
def test_no_table_and_no_file_keeps_what_a_list_only_counts(
    communes, settings, made, at_once, faulty
):
    rows = make_list(communes[0][1] + communes[1][1], 30)
    if faulty:
        rows[3]["so_nhan_khau"], rows[4]["tt_2021"] = 0, "sai"
    if not at_once:
        settings.IMPORT_IN_REQUEST_BYTES = 10

    job = upload_import(kind_of("ho"), made(rows), by=None, options={}, hand_over=work_on)
    if not faulty:
        confirm_import(job, by=None, hand_over=work_on)
        assert Household.objects.count() == 30

    secrets = _secrets(rows)
    found = {
        (model.__name__, field.name)
        for model, field, text in _everything()
        if any(secret in text for secret in secrets)
    }
    assert found == set()
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert files == []
