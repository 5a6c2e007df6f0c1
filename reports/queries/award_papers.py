"""What the papers of commendation are made of, as plain values: the only part that asks."""

from awards.contents import list_of_unit, of_submission
from awards.deciding import RELATED, groups_of
from awards.minutes import minutes_of
from awards.models import BaseSalary, Decision, Nomination, Round, Session, Submission
from awards.nomination_page import criteria_of
from awards.permissions import keeps_round
from awards.states import NominationState
from campaign.models import Duty
from campaign.queries import duty_holder
from config import clock
from config.text import vn_date, vn_number
from reports.documents.awards import reading
from reports.documents.issuing import province_of
from units.kinds import Kind, Role
from units.models import Unit, User

TERRITORY = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)


def submission_content(submission: Submission) -> dict:
    """As frozen; a draft as it stands now, without number and day."""
    content = submission.content
    if content is None:
        rows = Nomination.objects.filter(submissions__submission=submission)
        groups = groups_of(submission.round, rows.select_related(*RELATED))
        if not groups:
            return {}
        addressee = submission.addressee
        content = of_submission(submission.unit, submission.round, groups[0], addressee=addressee)
    return _from_standing_body(content, submission)


def _from_standing_body(content: dict, submission: Submission) -> dict:
    """What the province's chairman decides is put before him by the council's standing body."""
    if content["office"] != Kind.PROVINCE or submission.unit.kind != Kind.PROVINCE:
        return content
    campaign, day = submission.round.campaign, submission.dated_on or clock.today()
    standing = duty_holder(campaign, Duty.Kind.COUNCIL_STANDING, day)
    if standing is None:
        return content
    told = {"unit": standing.name, "unit_kind": standing.kind, "abbreviation": standing.code}
    return content | told


def lists_of(round: Round, unit: Unit, user: User) -> list[dict]:
    """What the unit put forward in the round, for its own people and for who keeps the round."""
    if not user.works_for(unit) and keeps_round(user, round) is not None:
        return []
    return list_of_unit(unit, round)


def own_lists(round: Round, user: User) -> list[tuple[Unit, list[dict]]]:
    """The lists of the user's own units, and of all for who keeps the round."""
    units = list(user.units_as(*Role.OF_UNIT))
    if keeps_round(user, round) is None and round.unit not in units:
        units.append(round.unit)
    found = [(unit, lists_of(round, unit, user)) for unit in units]
    return [(unit, contents) for unit, contents in found if contents]


def bonus_grounds(decision: Decision) -> tuple[str, ...]:
    """By what and since when coefficient, base salary and rounding hold on the decision's day."""
    rules, day = decision.rule_set, decision.decided_on
    salary = BaseSalary.objects.on(day)
    told = [f"Hệ số: {rules.decree}, áp dụng từ ngày {vn_date(rules.valid_from)}"]
    if salary:
        told.append(
            f"Mức lương cơ sở: {vn_number(salary.amount)} đồng/tháng ({salary.clause}), áp dụng từ "
            f"ngày {vn_date(salary.valid_from)}"
        )
    clause = f" ({rules.rounding_clause})" if rules.rounding_clause else ""
    told.append(f"Cách làm tròn: {rules.get_rounding_display()}{clause}")
    return tuple(told)


def proposed_by(decision: Decision, unit: Unit) -> frozenset[int]:
    """The places of the lines that the unit proposed."""
    lines = decision.lines.filter(nomination__proposer=unit)
    return frozenset(lines.values_list("position", flat=True))


def proposers_of(decision: Decision) -> list[Unit]:
    """The units to which the result is told."""
    lines = decision.lines.values("nomination__proposer")
    return list(Unit.objects.filter(pk__in=lines).in_order())


def body_of(unit: Unit) -> str:
    """The unit as it is written to: a territory as its committee."""
    return reading.body({"unit": unit.name, "unit_kind": unit.kind})


def place_of(unit: Unit) -> str:
    """The địa danh of a unit's papers."""
    if unit.kind in TERRITORY:
        return unit.short_name
    province = province_of(unit)
    return province.short_name if province else ""


def session_minutes(session: Session) -> tuple[dict, str]:
    """The minutes and the place they are written at."""
    return minutes_of(session), place_of(session.council.unit)


def achievement_of(nomination: Nomination) -> dict:
    """The achievement report of a dossier as plain values."""
    unit, province = nomination.proposer, province_of(nomination.proposer)
    first, last = vn_date(nomination.period_from), vn_date(nomination.period_to)
    parts = nomination.parts.all()
    return {
        "unit": unit.name,
        "unit_kind": unit.kind,
        "province": province.name if province else "",
        "place": place_of(unit),
        "form": nomination.form.name,
        "award_type": nomination.get_award_type_display(),
        "round": nomination.round.title,
        "recipient": nomination.recipient,
        "recipient_label": nomination.get_recipient_display(),
        "name": nomination.name,
        "post": nomination.post,
        "address": nomination.address,
        "achievement": nomination.achievement,
        "period": f"từ ngày {first} đến hết ngày {last}",
        "draft": nomination.state in NominationState.EDITABLE,
        "parts": [{"heading": p.heading, "title": p.title, "text": p.text} for p in parts],
        "criteria": [
            {
                "period": row.period,
                "clause": row.clause,
                "statement": row.statement,
                "said": row.said,
                "explanation": row.explanation,
            }
            for row in criteria_of(nomination)
        ],
    }
