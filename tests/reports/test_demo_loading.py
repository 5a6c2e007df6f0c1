"""A small demonstration, broken off once: what stands in the database afterwards."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from awards.models import DecisionLine, Honour, Nomination, Round, Session, Vote
from campaign.models import Contribution, Extension
from config import clock
from criteria.models import Answer, Evidence, Ranking, Score
from criteria.queries import checklist_rows
from criteria.states import RankingState, Side
from reports import checks
from reports.demo import walk
from reports.demo.giving import GIFT_COUNT, HONOUR_COUNT, PERSON_COUNT
from reports.demo.people import PASSWORD
from reports.demo.registers import MISCOUNTED
from reports.models import Remark, Report, Summary, Version
from reports.states import State, Timeliness
from tests.factories.campaign import instant
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.reports import OutlineSectionFactory
from tests.factories.units import UserFactory
from units.models import (
    EscapeRegistration,
    Household,
    Import,
    ImportProblem,
    LogEntry,
    Person,
    PovertyPlan,
    PovertyReview,
    PovertyTally,
    Reorganisation,
    Unit,
    User,
)

DEMONSTRATION = {
    "DEBUG": True,
    "CLOCK_SHIFT_DAYS": -1000,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}
SMALL = {"district": ["248"], "departments": 3, "verbosity": 0}
BROKEN_AFTER = 5


def load_demo(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **{**SMALL, **options})
    return out.getvalue()


class Interrupted(Exception):
    """Somebody pulled the plug."""


def broken_load():
    """Load until a few reports are written, then break off inside the next one."""
    walked, whole = [], walk.walk

    def until_broken(unit, *args):
        whole(unit, *args)
        walked.append(unit)
        if len(walked) > BROKEN_AFTER:
            raise Interrupted

    walk.walk = until_broken
    try:
        load_demo()
    except Interrupted:
        return
    finally:
        walk.walk = whole
    raise AssertionError("the load was to be broken off")


@override_settings(**DEMONSTRATION)
class TestSmallDemonstration(TestCase):
    """One district with its communes and three departments, loaded in two goes."""

    @classmethod
    def setUpTestData(cls):
        call_command("load_register", verbosity=0)
        call_command("load_plan", verbosity=0, stdout=StringIO())
        broken_load()
        cls.after_the_break = Report.objects.count()
        load_demo()

    def report(self, code, year="2023"):
        return Report.objects.for_page().get(unit__code=code, period__code=year)

    def test_a_broken_load_keeps_whole_reports_and_goes_on(self):
        assert self.after_the_break == BROKEN_AFTER
        assert Report.objects.filter(period__code="2022").count() == 13

    def test_a_second_load_changes_nothing(self):
        before = LogEntry.objects.count(), Report.objects.count()
        told = load_demo(verbosity=1)
        assert "đã nạp xong từ trước" in told
        assert (LogEntry.objects.count(), Report.objects.count()) == before

    def test_reports_of_2023_stand_in_every_state(self):
        states = Report.objects.filter(period__code="2023").values_list("state", flat=True)
        assert set(states) == set(State)
        waiting = Report.objects.filter(period__code="2023", state=State.SUBMITTED)
        assert waiting.filter(timeliness=Timeliness.LATE).exists()

    def test_2022_is_received_scored_and_ranked(self):
        reports = Report.objects.filter(period__code="2022")
        assert not reports.exclude(state=State.ACCEPTED).exists()
        rankings = Ranking.objects.filter(period__code="2022")
        assert set(rankings.values_list("state", flat=True)) <= set(RankingState)
        published = rankings.filter(state=RankingState.PUBLISHED)
        assert {ranking.tier for ranking in published} == {"department", "district"}
        assert Score.objects.filter(side=Side.ABOVE, current=True).exists()
        assert Score.objects.filter(side=Side.BOARD, current=True).exists()

    def test_the_summary_of_2022_is_frozen_and_none_of_2023_begun(self):
        summaries = Summary.objects.all()
        assert [(row.period.code, row.state) for row in summaries] == [("2022", "frozen")]
        assert summaries[0].selections.exists()

    def test_tam_dao_is_complete_and_can_be_signed_and_sent_at_once(self):
        report = self.report("248")
        assert report.state == State.DRAFT
        assert [problem for problem in checks.problems(report) if problem.stops] == []
        with clock.frozen(instant(2023, 11, 24, 9)):
            walk.take_step(report, "send", by=User.objects.get(username="tamdao.lanhdao"))
        assert self.report("248").timeliness == Timeliness.ON_TIME

    def test_the_districts_own_figures_are_the_sums_of_its_communes(self):
        rows = PovertyReview.objects.filter(year=2023, stage="preliminary")
        assert rows.count() == 9
        below = {row.unit.code: row.poor_closing for row in rows.select_related("unit")}
        text = self.report("248").sections.get(outline__code="5").text
        assert str(sum(below.values())) in text

    def test_the_numeric_criterion_is_computed(self):
        for code in ("248", *PovertyPlan.objects.values_list("unit__code", flat=True)[:1]):
            report = self.report(code, "2022")
            answers = Answer.objects.filter(checklist=report.checklist, criterion__kind="number")
            assert [answer.computed for answer in answers] != [None]

    def test_returned_reports_say_what_to_mend(self):
        returned = Report.objects.filter(state=State.RETURNED)
        for report in returned:
            kinds = Remark.objects.filter(step__report=report).values_list("kind", flat=True)
            assert set(kinds) == {"section", "figure", "criterion"}

    def test_evidence_is_there_and_opens(self):
        files = Evidence.objects.all()
        assert {file.kind for file in files} == {"pdf", "png"}
        with self.settings(MEDIA_ROOT=os.environ["MEDIA_ROOT"]):  # where the class was set up
            for file in files[:10]:
                assert file.file.size == file.size
                with file.file.open("rb") as stream:
                    assert stream.read(4) in (b"%PDF", b"\x89PNG")

    def test_own_points_never_exceed_the_most(self):
        for report in Report.objects.filter(submitted_at__isnull=False).for_page():
            for row in checklist_rows(report.checklist):
                if row.self_score:
                    assert row.self_score.points <= row.max_points

    def test_leave_was_given_by_those_above(self):
        for leave in Extension.objects.select_related("granted_by", "unit"):
            assert leave.granted_by.username.startswith(("thidua.", "tamdao."))

    def test_everybody_signs_in_with_the_one_password(self):
        assert self.client.login(username="tamdao.baocao", password=PASSWORD)
        hashes = set(User.objects.values_list("password", flat=True))
        assert len(hashes) == 1

    def test_accounts_are_told_with_what_to_try(self):
        out = StringIO()
        call_command("demo_accounts", stdout=out)
        assert PASSWORD in out.getvalue()
        line = next(line for line in out.getvalue().splitlines() if "tamdao.lanhdao" in line)
        assert "Lãnh đạo đơn vị" in line
        assert "Huyện Tam Đảo" in line
        assert "ký và gửi" in line

    def test_what_came_in_by_file_was_right_and_one_file_waits(self):
        assert not ImportProblem.objects.filter(blocking=True).exists()
        jobs = Import.objects.exclude(kind="ra-soat").order_by("pk")
        states = [(job.kind, job.state) for job in jobs]
        assert states == [
            ("thon", "done"), ("doanh-nghiep", "done"), ("khen-thuong", "done"), ("ho", "done"),
            ("ho", "done"), ("so-lieu", "done"), ("dong-gop", "done"), ("sap-xep", "done"),
            ("ho", "waiting"),
        ]  # fmt: skip
        waiting = jobs.last().counts
        assert (waiting["new"], waiting["changed"]) == (1, 3)

    def test_lists_count_what_the_review_says_and_one_table_does_not(self):
        tallies = PovertyTally.objects.filter(year=2023, unit__kind="commune")
        told = {origin: {} for origin in PovertyTally.Origin}
        for tally in tallies.select_related("unit"):
            told[tally.origin][tally.unit.code] = tally.poor
        reviews = PovertyReview.objects.filter(year=2023, stage="preliminary")
        reviewed = dict(reviews.values_list("unit__code", "poor_closing"))
        assert told["register"] == reviewed
        differing = {code for code, poor in told["statement"].items() if poor != reviewed[code]}
        assert differing == set(MISCOUNTED)

    def test_a_commune_knows_its_households_and_a_village_its_own(self):
        commune = Household.objects.visible_to(User.objects.get(username="xa08920.baocao"))
        village = Household.objects.visible_to(User.objects.get(username="thon0892001.baocao"))
        assert set(commune.values_list("unit__parent__code", flat=True)) == {"08920"}
        assert set(village.values_list("unit__code", flat=True)) == {"0892001"}
        assert 0 < village.count() < commune.count()

    def test_registrations_to_leave_poverty_have_every_outcome(self):
        told = EscapeRegistration.objects.values_list("outcome", flat=True)
        assert set(told) == set(EscapeRegistration.Outcome.values)

    def test_givers_honours_and_persons_are_there(self):
        assert Contribution.objects.count() == GIFT_COUNT
        assert Honour.objects.filter(line=None).count() == HONOUR_COUNT
        assert Person.objects.count() == PERSON_COUNT
        assert Unit.objects.filter(kind="enterprise", valid_to__isnull=False).exists()

    def test_the_round_of_2022_is_closed_and_that_of_2023_receives(self):
        rounds = Round.objects.order_by("year")
        assert [(row.year, row.state) for row in rounds] == [(2022, "closed"), (2023, "open")]
        today = instant(2023, 11, 24).date()
        assert [row.receives_on(today) for row in rounds] == [False, True]
        assert all(row.offers.filter(form__code="BK-TINH", quota__gt=0) for row in rounds)

    def test_the_season_of_2022_goes_from_dossier_to_decision(self):
        session = Session.objects.get()
        decided = DecisionLine.objects.select_related("decision")
        assert Vote.objects.filter(seat__session=session).count() == session.seats.count() == 5
        assert session.cases.filter(passed=False).count() == 1
        assert decided.count() == session.cases.filter(passed=True).count()
        assert all(line.paid for line in decided)
        assert Honour.objects.filter(line__in=decided).count() == decided.count()

    def test_dossiers_of_2023_stand_at_several_desks(self):
        rows = Nomination.objects.filter(offer__round__year=2023)
        states = set(rows.values_list("state", flat=True))
        assert states == {"draft", "submitted", "appraised"}

    def test_a_merger_is_prepared_and_not_carried_out(self):
        draft = Reorganisation.objects.get()
        assert (draft.state, draft.way) == ("draft", "merge")
        codes = [ending["code"] for ending in draft.plan["groups"][0]["endings"]]
        assert codes == ["08920", "08923"]
        assert not Unit.objects.filter(name="Thị trấn Đại Bồ").exists()

    def test_accounts_of_the_commune_and_its_village_are_told(self):
        out = StringIO()
        call_command("demo_accounts", stdout=out)
        told = {line.split()[0] for line in out.getvalue().splitlines() if line.strip()}
        assert told >= {
            "xa08920.baocao", "xa08920.lanhdao", "thon0892001.baocao", "thon0892001.lanhdao",
        }  # fmt: skip

    def test_accepted_reports_have_a_version_and_a_receipt(self):
        for report in Report.objects.filter(state=State.ACCEPTED):
            versions = list(Version.objects.filter(report=report))
            assert versions
            assert versions[-1].receipt.startswith(f"BN-{report.period.code}-")


# Where it must not be loaded


@pytest.fixture
def planned(db, settings):
    """A plan to play on, under the settings of a demonstration."""
    settings.DEBUG, settings.CLOCK_SHIFT_DAYS = True, -1000
    return OutlineSectionFactory().campaign


def refusal():
    with pytest.raises(CommandError) as refused:
        load_demo()
    return str(refused.value)


def test_refused_without_debug(planned, settings):
    settings.DEBUG = False
    assert "DEBUG=on" in refusal()


def test_refused_when_pages_would_not_say_that_the_data_are_invented(planned, settings):
    settings.CLOCK_SHIFT_DAYS = 0
    assert "CLOCK_SHIFT_DAYS" in refusal()


@pytest.mark.django_db
def test_refused_before_the_plan_is_loaded(settings):
    settings.DEBUG, settings.CLOCK_SHIFT_DAYS = True, -1000
    assert "load_plan" in refusal()


@pytest.mark.parametrize("username", ["nguyen.an", "tamdao.baocao"])
def test_refused_over_accounts_that_others_made(planned, username):
    UserFactory(username=username)
    assert username in refusal()
    assert LogEntry.objects.filter(action="load_demo").count() == 0


def test_refused_over_reviews_that_others_made(planned):
    PovertyReviewFactory()
    assert "không nạp dữ liệu trình diễn vào đây" in refusal()


@pytest.mark.django_db
def test_accounts_are_not_told_where_there_is_no_demonstration():
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert "load_demo" in out.getvalue()
    assert PASSWORD not in out.getvalue()
