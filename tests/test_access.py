"""The door of every page: who is let in, who is sent away. New pages must be entered here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.access import PUBLIC, SIGNED_IN, audience_of
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role

ANYBODY, USER = {PUBLIC}, {SIGNED_IN}
UNIT = {Role.REPORTER, Role.LEADER}
WIDE = set(Role.PROVINCE_WIDE)
BOARD, DESK = {Role.BOARD}, {Role.POVERTY_DESK}
ADMIN = {Role.ADMINISTRATOR}
RECEIVER = UNIT | BOARD
COMPOSER = BOARD | DESK

# URL name → audience. A page that is missing here, or open to others than written, fails.
INVENTORY = {
    "healthz": ANYBODY,
    "reports:front": ANYBODY,
    "reports:home": USER,
    "reports:list": USER,
    "reports:list_download": USER,
    "reports:start": UNIT,
    "reports:detail": USER,
    "reports:section": UNIT,
    "reports:figures": UNIT,
    "reports:take_over": UNIT,
    "reports:annex": UNIT,
    "reports:checklist": UNIT,
    "reports:answer": UNIT,
    "reports:attach": UNIT,
    "reports:detach": UNIT,
    "reports:check": UNIT,
    "reports:step": USER,
    "reports:version": USER,
    "reports:version_figures_download": USER,
    "reports:version_annex_download": USER,
    "reports:receipt": USER,
    "reports:receipt_check": ANYBODY,
    "reports:queue": RECEIVER,
    "reports:queue_download": RECEIVER,
    "reports:review": RECEIVER,
    "reports:score": RECEIVER,
    "reports:progress": UNIT | WIDE,
    "reports:progress_download": UNIT | WIDE,
    "reports:progress_parents_download": UNIT | WIDE,
    "reports:progress_units_download": UNIT | WIDE,
    "reports:series": USER,
    "reports:series_download": USER,
    "reports:series_parts": USER,
    "reports:series_parts_download": USER,
    "reports:summaries": WIDE,
    "reports:summaries_download": WIDE,
    "reports:summary": WIDE,
    "reports:summary_start": COMPOSER,
    "reports:summary_edit": COMPOSER,
    "reports:summary_passages": COMPOSER,
    "reports:summary_choose": COMPOSER,
    "reports:summary_selection": COMPOSER,
    "reports:summary_reading": WIDE,
    "reports:summary_parts": WIDE,
    "reports:summary_parts_download": WIDE,
    "reports:summary_sources": WIDE,
    "reports:summary_sources_download": WIDE,
    "reports:summary_freeze": COMPOSER,
    "reports:summary_issue": COMPOSER,
    "reports:summary_file": WIDE,
    "reports:award_submission": USER,
    "reports:award_list": USER,
    "reports:award_lists": USER,
    "reports:award_papers": USER,
    "reports:award_decision": USER,
    "reports:award_notice": USER,
    "reports:award_bonus": USER,
    "reports:award_certificates": USER,
    "reports:award_minutes": USER,
    "reports:award_report": USER,
    "units:list": USER,
    "units:detail": USER,
    "units:download": USER,
    "units:below_download": USER,
    "units:reorganisations": ADMIN,
    "units:reorganisations_download": ADMIN,
    "units:reorganisation_start": ADMIN,
    "units:unplaced": ADMIN,
    "units:reorganisation": ADMIN,
    "units:reorganisation_head": ADMIN,
    "units:reorganisation_units": ADMIN,
    "units:reorganisation_group": ADMIN,
    "units:reorganisation_group_change": ADMIN,
    "units:reorganisation_children": ADMIN,
    "units:reorganisation_people": ADMIN,
    "units:reorganisation_preview": ADMIN,
    "units:reorganisation_carry_out": ADMIN,
    "units:reorganisation_undo": ADMIN,
    "units:reorganisation_drop": ADMIN,
    "units:add_village": UNIT | ADMIN,
    "units:add_enterprise": UNIT | ADMIN,
    "units:participant_edit": UNIT | ADMIN,
    "units:participant_end": UNIT | ADMIN,
    "units:people": {Role.LEADER} | ADMIN,
    "units:people_download": {Role.LEADER} | ADMIN,
    "units:people_thin": {Role.LEADER} | ADMIN,
    "units:people_thin_download": {Role.LEADER} | ADMIN,
    "units:people_give": {Role.LEADER} | ADMIN,
    "units:people_open": {Role.LEADER} | ADMIN,
    "units:people_end": {Role.LEADER} | ADMIN,
    "units:people_hand_over": {Role.LEADER} | ADMIN,
    "units:people_renew": {Role.LEADER} | ADMIN,
    "units:persons": UNIT | WIDE,
    "units:persons_download": UNIT | WIDE,
    "units:person_add": UNIT,
    "units:person": UNIT | WIDE,
    "units:person_edit": UNIT,
    "units:households": USER,
    "units:households_download": USER,
    "units:household_counts": USER,
    "units:household_counts_download": USER,
    "units:household_add": UNIT,
    "units:household": USER,
    "units:household_edit": UNIT,
    "units:household_status": UNIT,
    "units:household_register": UNIT,
    "units:household_outcome": UNIT,
    "units:household_withdraw": UNIT,
    "units:poverty": USER,
    "units:poverty_download": USER,
    "units:poverty_communes_download": USER,
    "units:poverty_pairs_download": USER,
    "units:poverty_compared_download": USER,
    "units:poverty_unit_compared_download": USER,
    "units:poverty_plans_download": DESK,
    "units:poverty_unit_download": USER,
    "units:poverty_villages_download": USER,
    "units:poverty_plans": DESK,
    "units:poverty_bars": USER,
    "units:poverty_unit": USER,
    "units:poverty_chart": USER,
    "units:poverty_check": USER,
    "units:poverty_check_template": USER,
    "imports:home": USER,
    "imports:history_download": USER,
    "imports:start": USER,
    "imports:template": USER,
    "imports:detail": USER,
    "imports:progress": USER,
    "imports:returned": USER,
    "imports:source": USER,
    "imports:step": USER,
    "campaign:plan": ANYBODY,
    "campaign:calendar_download": ANYBODY,
    "campaign:duties": USER,
    "campaign:duties_download": USER,
    "campaign:deadlines": BOARD,
    "campaign:deadlines_download": BOARD,
    "campaign:deadline": BOARD,
    "campaign:extensions": UNIT | WIDE,
    "campaign:extensions_download": UNIT | WIDE,
    "campaign:extension_choose": {Role.LEADER} | BOARD,
    "campaign:extension_grant": {Role.LEADER} | BOARD,
    "campaign:contributions": UNIT | WIDE,
    "campaign:contributions_download": UNIT | WIDE,
    "campaign:contributions_by_commune": UNIT | WIDE,
    "campaign:contributions_by_commune_download": UNIT | WIDE,
    "campaign:contribution_add": UNIT | COMPOSER,
    "campaign:contribution": UNIT | COMPOSER,
    "campaign:contribution_remove": UNIT | COMPOSER,
    "awards:honours": USER,
    "awards:honours_download": USER,
    "awards:unit_honours": USER,
    "awards:unit_honours_download": USER,
    "awards:unit_history": USER,
    "awards:person_history": UNIT | WIDE,
    "awards:honour_add": BOARD,
    "awards:honour": BOARD,
    "awards:honour_remove": BOARD,
    "awards:postings": BOARD | {Role.LEADER},
    "awards:postings_download": BOARD | {Role.LEADER},
    "awards:posting_download": BOARD | {Role.LEADER},
    "awards:posting_add": BOARD | {Role.LEADER},
    "awards:posting": BOARD | {Role.LEADER},
    "awards:posting_take_down": BOARD | {Role.LEADER},
    "awards:opinion_handle": BOARD | {Role.LEADER},
    "awards:public_lists": ANYBODY,
    "awards:public_opinion": ANYBODY,
    "awards:rounds": USER,
    "awards:rounds_download": USER,
    "awards:round": USER,
    "awards:round_add": {Role.LEADER} | BOARD,
    "awards:round_edit": {Role.LEADER} | BOARD,
    "awards:round_step": {Role.LEADER} | BOARD,
    "awards:round_remove": {Role.LEADER} | BOARD,
    "awards:appraisals": {Role.LEADER} | BOARD,
    "awards:appraisals_download": {Role.LEADER} | BOARD,
    "awards:appraisals_apply": {Role.LEADER} | BOARD,
    "awards:appraisals_verdict": {Role.LEADER} | BOARD,
    "awards:appraisals_back": {Role.LEADER} | BOARD,
    "awards:appraisal": USER,
    "awards:appraisal_verdict": {Role.LEADER} | BOARD,
    "awards:appraisal_override": {Role.LEADER} | BOARD,
    "awards:appraisal_hold": {Role.LEADER} | BOARD,
    "awards:appraisal_lift": {Role.LEADER} | BOARD,
    "awards:appraisal_ask": {Role.LEADER} | BOARD,
    "awards:appraisal_answer": {Role.LEADER} | BOARD,
    "awards:alike_reports": USER,
    "awards:nominations": USER,
    "awards:nominations_download": USER,
    "awards:nomination_begin": UNIT,
    "awards:nomination_file": USER,
    "awards:nomination": USER,
    "awards:nomination_facts": UNIT,
    "awards:nomination_part": UNIT,
    "awards:nomination_answers": UNIT,
    "awards:nomination_files": UNIT,
    "awards:nomination_file_remove": UNIT,
    "awards:nomination_check": UNIT,
    "awards:nomination_step": USER,
    "awards:nomination_remove": UNIT,
    "awards:flags": UNIT,
    "awards:flags_download": UNIT,
    "awards:flag_add": UNIT,
    "awards:flag": UNIT,
    "awards:flag_decline": UNIT,
    "awards:councils": USER,
    "awards:councils_download": USER,
    "awards:council_add": {Role.LEADER} | BOARD,
    "awards:council": USER,
    "awards:council_download": USER,
    "awards:council_edit": {Role.LEADER} | BOARD,
    "awards:member_add": {Role.LEADER} | BOARD,
    "awards:member_edit": {Role.LEADER} | BOARD,
    "awards:session_convene": {Role.LEADER} | BOARD,
    "awards:session": USER,
    "awards:session_download": USER,
    "awards:session_invitation": USER,
    "awards:session_agenda": {Role.LEADER} | BOARD,
    "awards:session_cancel": {Role.LEADER} | BOARD,
    "awards:session_presence": {Role.LEADER} | BOARD,
    "awards:session_step": {Role.LEADER} | BOARD,
    "awards:session_screen": USER,
    "awards:session_minutes": USER,
    "awards:ballot": USER,
    "awards:recusals": USER,
    "awards:recusal_withdraw": USER,
    "awards:session_paper": {Role.LEADER} | BOARD,
    "awards:paper_confirm": USER,
    "awards:session_count": {Role.LEADER} | BOARD,
    "awards:session_conclude": {Role.LEADER} | BOARD,
    "awards:session_close": {Role.LEADER} | BOARD,
    "awards:submissions": {Role.LEADER} | BOARD,
    "awards:submissions_download": {Role.LEADER} | BOARD,
    "awards:submission_add": {Role.LEADER} | BOARD,
    "awards:submission": {Role.LEADER} | BOARD,
    "awards:submission_edit": {Role.LEADER} | BOARD,
    "awards:submission_remove": {Role.LEADER} | BOARD,
    "awards:submission_send": {Role.LEADER} | BOARD,
    "awards:decision_add": {Role.LEADER} | BOARD,
    "awards:decisions": RECEIVER,
    "awards:decisions_download": RECEIVER,
    "awards:decision": RECEIVER,
    "awards:decision_download": RECEIVER,
    "awards:decision_present": {Role.LEADER} | BOARD,
    "awards:decision_revoke": {Role.LEADER} | BOARD,
    "awards:funds": RECEIVER,
    "awards:funds_download": RECEIVER,
    "awards:statistics": USER,
    "awards:statistics_download": USER,
    "awards:decision_check": ANYBODY,
    "awards:check_code": ANYBODY,
    "honoured:roll": ANYBODY,
    "honoured:roll_download": ANYBODY,
    "awards:rule_set": USER,
    "awards:rule_set_download": USER,
    "awards:rule_set_head": BOARD | ADMIN,
    "awards:rule_set_row": BOARD | ADMIN,
    "awards:rule_set_row_add": BOARD | ADMIN,
    "criteria:sets": ANYBODY,
    "criteria:sets_download": ANYBODY,
    "criteria:set": ANYBODY,
    "criteria:set_download": ANYBODY,
    "criteria:set_points": BOARD,
    "criteria:set_version": BOARD,
    "criteria:evidence": USER,
    "criteria:rankings": USER,
    "criteria:rankings_download": USER,
    "criteria:ranking_compute": BOARD,
    "criteria:ranking": USER,
    "criteria:ranking_download": USER,
    "criteria:ranking_place": BOARD,
    "criteria:ranking_publish": BOARD,
}


def pages(resolver=None, namespace=""):
    """(name, pattern) of every address of our own apps."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name in ("admin",) or "allauth" in str(entry.urlconf_name):
                continue
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from pages(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry


PAGES = dict(pages())


def address(name):
    """The page's address with ids that name nothing: behind the door waits a 404."""
    values = {"int": 0, "slug": "khong-co", "uuid": "00000000-0000-0000-0000-000000000000"}
    converters = PAGES[name].pattern.converters
    kinds = {
        "IntConverter": values["int"], "SlugConverter": values["slug"],
        "UUIDConverter": values["uuid"], "StringConverter": values["slug"],
        "SuffixConverter": ".xlsx",
    }  # fmt: skip
    return reverse(name, kwargs={k: kinds[type(c).__name__] for k, c in converters.items()})


def at_the_door(client, name):
    """The answer, read to its end: a file that is handed out is closed then."""
    response = client.get(address(name))
    b"".join(response)
    return response


def test_every_page_is_in_the_inventory():
    declared = {name: set(audience_of(entry.callback)) for name, entry in PAGES.items()}
    assert declared == INVENTORY


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_sent_to_sign_in_unless_the_page_is_public(name, client):
    response = at_the_door(client, name)

    to_sign_in = response.status_code == 302 and "/tai-khoan/login/" in response["Location"]
    assert to_sign_in == (PUBLIC not in INVENTORY[name])


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_its_own_doors_only(role, client):
    client.force_login(person(role, DepartmentFactory()))
    for name, audience in INVENTORY.items():
        refused = at_the_door(client, name).status_code == 403
        open_to = audience & {PUBLIC, SIGNED_IN, role}
        assert refused == (not open_to), f"{name} for {role}"


SESSION_OVER = "Phiên đăng nhập đã hết nên nội dung vừa gửi chưa được ghi nhận."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://testserver/bao-cao/7/kiem-tra/?a=1", "/bao-cao/7/kiem-tra/%3Fa%3D1"),
        ("http://elsewhere.example/bao-cao/7/", "/viec-cua-toi/"),
        ("", "/viec-cua-toi/"),
    ],
)
def test_what_is_sent_after_the_session_ended_leads_back_to_its_form(client, came_from, goes_to):
    """Not to the address of the deed, which no browser can open."""
    url = reverse("reports:step", args=[7, "send"])

    response = client.post(url, headers={"referer": came_from}, follow=True)

    assert response.redirect_chain == [(f"/tai-khoan/login/?next={goes_to}", 302)]
    assert SESSION_OVER in response.content.decode()


@pytest.mark.django_db
def test_autosaving_after_the_session_ended_leaves_no_message_behind(client):
    url = reverse("reports:section", args=[7, "1"])
    client.post(url, headers={"accept": "application/json"})

    assert SESSION_OVER not in client.get(reverse("account_login")).content.decode()


@pytest.mark.django_db
def test_an_address_that_takes_forms_only_says_so(client):
    client.force_login(person(Role.REPORTER, DepartmentFactory()))

    response = client.get(reverse("reports:step", args=[7, "send"]))

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "chỉ nhận nội dung gửi từ một biểu mẫu" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
def test_a_page_that_is_not_there_speaks_vietnamese_in_the_demonstration_too(
    client, settings, debug
):
    settings.DEBUG = debug

    response = client.get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()
