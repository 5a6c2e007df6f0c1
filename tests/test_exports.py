"""Every list and table can be taken away, by the same people and with the same rows as it is read.

A page with a table offers it as Excel and CSV, or stands below with the reason why not.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from config.access import audience_of
from tests.factories.units import DistrictFactory, person
from tests.tables import content_of
from tests.test_access import INVENTORY, PAGES, address
from units.kinds import Role
from units.models import LogEntry

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PACKAGES = ("account/", "mfa/", "admin/", "allauth/")
DOWNLOADS = "components/downloads.html"

NOT_TAKEN_AWAY = {
    "awards/nomination.html": "one dossier; the list of dossiers is taken away",
    "awards/posting_form.html": "a list about to be posted; the lists are taken away",
    "awards/public_lists.html": "names shown for some days, not to be kept after them",
    "awards/nomination_check.html": "what is about to be sent; the list is taken away",
    "awards/session_paper.html": "a form to fill in; the results of a session are taken away",
    "awards/session_paper_confirm.html": "counts to compare once; the results are taken away",
    "awards/decision_form.html": "what is about to be written; the decision is taken away",
    "awards/submission.html": "one tờ trình, a paper; the list of them is taken away",
    "awards/appraisal.html": "the findings of one dossier; the queue is taken away with them",
    "awards/appraisals_apply.html": "what is about to be applied; the queue is taken away",
    "awards/round.html": "the forms of one round; the list of rounds is taken away with them",
    "awards/history.html": "what one subject received; the ledger itself is taken away",
    "campaign/extension_choose.html": "units to choose one from; the register is taken away",
    "units/household_detail.html": "one household, named within its commune only",
    "units/import_detail.html": "the file itself, and with its errors marked, is handed out",
    "units/published_check.html": "findings about a table that is not kept",
    "units/reorganisation_children.html": "a step of a reorganisation that is being prepared",
    "units/reorganisation_done.html": "what one reorganisation did; the list is taken away",
    "units/reorganisation_people.html": "a step of a reorganisation that is being prepared",
    "units/reorganisation_preview.html": "a step of a reorganisation that is being prepared",
    "units/reorganisation_units.html": "a step of a reorganisation that is being prepared",
    "units/reorganisation_unplaced.html": "people to place one by one, a form for each",
    "reports/annex_computed.html": "sums of the yearly review, whose own table is taken away",
    "reports/annex_form.html": "a form to fill in; what was sent is taken away",
    "reports/figures_form.html": "a form to fill in; what was sent is taken away",
    "reports/report_check.html": "what is about to be sent; what was sent is taken away",
    "reports/report_detail.html": "the sendings of one report; the list of reports is taken away",
    "reports/summary.html": "the summary's own workbook holds its tables",
    "reports/summary_passages.html": "passages to choose; the summary's workbook holds the chosen",
    "reports/summary_reading.html": "the paper as it is printed, with files of its own",
}
"""Template of a page with a table → why the table is not offered to take away."""

BESIDE = {
    "campaign:calendar_download": "campaign:plan",
    "reports:version_figures_download": "reports:version",
    "reports:version_annex_download": "reports:version",
    "units:poverty_communes_download": "units:poverty",
    "units:poverty_pairs_download": "units:poverty",
    "units:poverty_compared_download": "units:poverty",
    "units:poverty_unit_compared_download": "units:poverty_unit",
    "units:poverty_villages_download": "units:poverty_unit",
    "reports:progress_parents_download": "reports:progress",
    "reports:progress_units_download": "reports:progress",
}
"""Tables that stand on a page of another address."""


def read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def holds(name: str) -> frozenset[str]:
    """A template and all that it is put together from."""
    named = re.findall(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"", read(name))
    inner = [holds(other) for other in named if other != name and (TEMPLATES / other).exists()]
    return frozenset({name}).union(*inner)


def pages_with_tables() -> list[str]:
    """The templates of whole pages on which a table or a list in pages stands."""
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if name.startswith((*PACKAGES, "components/")) or path.stem.startswith("_"):
            continue
        parts = holds(name)
        tables = any("<table" in read(part) for part in parts)
        if tables or "components/pagination.html" in parts:
            found.append(name)
    return found


def test_every_page_with_a_table_offers_it_to_take_away():
    silent = {name for name in pages_with_tables() if DOWNLOADS not in holds(name)}

    assert silent == set(NOT_TAKEN_AWAY)


TAKEN_AWAY = [name for name in PAGES if str(PAGES[name].pattern).endswith("bang.<suffix:suffix>")]


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_a_table_is_open_to_those_who_read_its_page(name):
    page = BESIDE.get(name)
    if page is None:
        page = resolve(address(name).removesuffix("bang.xlsx")).view_name

    assert INVENTORY[name] == INVENTORY[page] == set(audience_of(PAGES[name].callback))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "noun"),
    [
        ("/don-vi/ca-nhan/bang.csv", "person"),
        ("/don-vi/{unit}/nguoi/bang.csv", "appointment"),
        ("/khen-thuong/bang.csv", "honour"),
        ("/khen-thuong/don-vi/{unit}/bang.csv", "honour"),
        ("/nhap-lieu/tai-khoan/mau.csv", "user"),
    ],
)
def test_taking_names_of_people_away_is_noted(client, stop_clock, url, noun):
    stop_clock(2023, 11, 24, 9)
    user = person(Role.LEADER, DistrictFactory())
    client.force_login(user)

    content_of(client.get(url.format(unit=user.seats()[0].unit_id), {"q": "Bí Mật"}))

    entry = LogEntry.objects.get(action=f"export_{noun}")
    assert entry.by == user
    assert "Bí Mật" not in f"{entry.label} {entry.changes}"


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_a_table_is_taken_away_as_excel_and_csv_only(name):
    url = address(name)

    assert url.endswith("bang.xlsx")
    assert resolve(url.replace(".xlsx", ".csv")).view_name == name
    for other in (".pdf", ".xls", ".XLSX", ""):
        with pytest.raises(Resolver404):
            resolve(url.replace(".xlsx", other))
