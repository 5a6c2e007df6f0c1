"""Whether a unit may put a candidate forward for a form on offer: reasons in Vietnamese."""

from awards import desks, permissions
from awards.candidates import COLLECTIVES, PROPOSERS, Candidate, candidates_for, on_ground_of
from awards.kinds import Recipient
from awards.law import authorities_of
from awards.models import Nomination, RoundForm
from awards.states import RoundState
from config.text import vn_date, vn_number
from units.kinds import Kind
from units.models import Unit, User

KINDS_OF = {Recipient.COLLECTIVE: COLLECTIVES, Recipient.ENTERPRISE: (Kind.ENTERPRISE,)}


def obstacles_to_proposing(
    offer: RoundForm, candidate: Candidate, proposer: Unit, user: User | None, day
) -> list[str]:
    """Everything that stands against beginning a dossier."""
    reasons = (
        user and permissions.proposes_for(user, proposer),
        proposer_fits(proposer, day),
        round_receives(offer, day),
        way_leads_there(proposer, offer.round.unit),
        form_is_one(offer),
        of_one_kind(candidate),
        decided_for(offer, candidate.recipient),
        candidate_is_ours(candidate, proposer, user, day),
    )
    return [reason for reason in reasons if reason]


def proposer_fits(proposer: Unit, day) -> str | None:
    if proposer.kind not in PROPOSERS:
        return f"Đơn vị đề nghị: {proposer} không lập hồ sơ đề nghị; đơn vị bên dưới lập."
    if proposer.exists_on(day):
        return None
    return f"Đơn vị đề nghị: {proposer} không còn hoạt động; đơn vị kế thừa lập hồ sơ."


def round_receives(offer: RoundForm, day) -> str | None:
    round = offer.round
    if round.receives_on(day):
        return None
    if round.state != RoundState.OPEN:
        return f"Đợt “{round.title}” {round.get_state_display()} nên không nhận hồ sơ."
    return f"Đợt “{round.title}” nhận hồ sơ từ {vn_date(round.opens)} đến hết {vn_date(round.due)}."


def way_leads_there(proposer: Unit, end: Unit) -> str | None:
    """A round of a unit gathers from its own ground; the province's from all."""
    if desks.reaches(proposer, end):
        return None
    return f"Đợt khen thưởng của {end} chỉ nhận hồ sơ của {end} và đơn vị trực thuộc."


def form_is_one(offer: RoundForm) -> str | None:
    if not offer.form.grades.exists():
        return None
    return f"{offer.form} gồm nhiều hạng, nhiều người quyết định; hãy chọn hình thức cụ thể."


def of_one_kind(candidate: Candidate) -> str | None:
    kinds = KINDS_OF.get(candidate.recipient)
    if kinds is None or candidate.unit.kind in kinds:
        return None
    words = Recipient(candidate.recipient).label
    return f"Đối tượng: {candidate.unit} không đề nghị được là {words}; hãy chọn lại đối tượng."


def decided_for(offer: RoundForm, recipient: str) -> str | None:
    """Some offices decide for some recipients only; without a known office nothing is refused."""
    day = offer.round.planned_day
    rows = [row for row in authorities_of([offer.form.code]) if row.holds_on(day)]
    if not rows or any(not row.recipients or recipient in row.recipients for row in rows):
        return None
    clauses = "; ".join(dict.fromkeys(row.clause for row in rows if row.clause))
    told = f" ({clauses})" if clauses else ""
    return f"Đối tượng: {offer.form} không tặng cho {Recipient(recipient).label}{told}."


def candidate_is_ours(candidate: Candidate, proposer: Unit, user: User | None, day) -> str | None:
    """The candidate lives on the proposer's ground, and the user may know of it by name."""
    whom = candidate.person or candidate.household or candidate.unit
    if user is None:
        rows = type(whom).objects.filter(on_ground_of(proposer, _field(whom)))
    else:
        rows = candidates_for(user, proposer, candidate.recipient, day)
    if rows.filter(pk=whom.pk).exists():
        return None
    return (
        f"Đối tượng: người, tập thể, hộ được chọn không thuộc {proposer} và đơn vị trực thuộc, "
        "hoặc không còn tham gia; đơn vị nơi quản lý mới đề nghị được. Hãy “giới thiệu” để đơn vị "
        "đó lập hồ sơ."
    )


def _field(whom) -> str:
    return "" if isinstance(whom, Unit) else "unit__"


# What is typed


def faults_of_facts(nomination: Nomination) -> list[str]:
    """The period lies in the movement; what is asked only of collectives stands at them only."""
    campaign = nomination.round.campaign
    spanned = f"phong trào từ {vn_date(campaign.starts)} đến hết {vn_date(campaign.ends)}"
    found = []
    if nomination.period_from and nomination.period_from < campaign.starts:
        found.append(f"Thành tích từ ngày: {spanned}; hãy sửa lại ngày.")
    if nomination.period_to and nomination.period_to > campaign.ends:
        found.append(f"Thành tích đến hết ngày: {spanned}; hãy sửa lại ngày.")
    if nomination.women_share is not None and nomination.recipient not in Recipient.OPEN:
        found.append("Tỷ lệ nữ của tập thể (%): chỉ ghi cho tập thể, doanh nghiệp, tổ chức.")
    return found


def over_quota(offer: RoundForm, proposed: int) -> str | None:
    """A quota is advice: more is told, never refused."""
    if not offer.quota or proposed <= offer.quota:
        return None
    return (
        f"{offer.form}: chỉ tiêu tham khảo của đợt là {vn_number(offer.quota)}, các đơn vị đã lập "
        f"{vn_number(proposed)} hồ sơ."
    )
