"""The pages of decisions: the list, what is about to be entered, one decision, the public check."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from awards import names, permissions
from awards.contents import Award
from awards.deciding import RELATED
from awards.kinds import DecisionKind, Recipient
from awards.models import Decision, DecisionLine, Nomination, Submission
from awards.states import NominationState
from config.columns import of_unit, whose
from config.paging import streamed
from config.sheets import DATE, DECIMAL, INTEGER, Column, Definition


def decisions_for(user) -> QuerySet[Decision]:
    """What the user may see, as a list prints it, the newest first."""
    rows = Decision.objects.visible_to(user).select_related("unit", "form", "round__unit")
    return rows.annotate(size=Count("lines")).order_by("-decided_on", "-pk")


def decision_years() -> list[int]:
    days = Decision.objects.order_by().dates("decided_on", "year", order="DESC")
    return [day.year for day in days]


# About to be entered


def proposed_in(submission: Submission) -> list[Nomination]:
    """The nominations of a tờ trình that wait for their decision, in its order."""
    rows = Nomination.objects.filter(
        submissions__submission=submission, state=NominationState.PROPOSED
    )
    return list(rows.select_related(*RELATED).order_by("submissions__position"))


def last_told(submission: Submission) -> dict[str, str]:
    """Who signed last for the unit and which fund paid."""
    last = Decision.objects.filter(unit=submission.unit, kind=DecisionKind.AWARD).first()
    return {"signer": last.signer, "fund": last.fund} if last else {}


@dataclass(frozen=True)
class Preview:
    """The lines as they would be written, with their money."""

    awards: list[Award]

    @property
    def total(self) -> Decimal:
        return sum((each.bonus.paid for each in self.awards if not each.bonus.problem), Decimal(0))

    @property
    def unknown(self) -> int:
        return sum(1 for each in self.awards if each.bonus.problem)

    @property
    def moved(self) -> list[Award]:
        """Those whose unit has been carried on by another one."""
        return [each for each in self.awards if each.unit.pk != each.nomination.unit_id]


# One decision


@dataclass(frozen=True)
class DecisionPage:
    decision: Decision
    lines: list[DecisionLine]
    keeps: bool

    @property
    def is_award(self) -> bool:
        return self.decision.kind == DecisionKind.AWARD

    @property
    def to_present(self) -> list[DecisionLine]:
        return self._acting_on(NominationState.DECIDED)

    @property
    def to_revoke(self) -> list[DecisionLine]:
        return self._acting_on(*NominationState.HONOURED)

    def _acting_on(self, *states: str) -> list[DecisionLine]:
        if not (self.keeps and self.is_award):
            return []
        standing = [line for line in self.lines if line.taken_back_by is None]
        return [line for line in standing if line.nomination.state in states]


def decision_page(decision: Decision, user) -> DecisionPage:
    keeps = permissions.keeps_round(user, decision.round) is None
    return DecisionPage(decision, list(lines_of(decision)), keeps)


def lines_of(decision: Decision) -> QuerySet[DecisionLine]:
    return decision.lines.select_related(
        "nomination__unit",
        "unit",
        "presentation",
        "revoked_by__decision",
        "revokes__decision",
        "decision__form",
    ).order_by("position", "pk")


# For the public


@dataclass(frozen=True)
class Checked:
    """What the public learns of a decision by its number: no names of persons or households."""

    decision: Decision
    count: int
    revoked: int
    names: list[str]

    @property
    def tone(self) -> str:
        """How the notice looks: something of it is taken back, or all stands."""
        taken_back = self.revoked or self.decision.kind == DecisionKind.REVOCATION
        return "warning" if taken_back else "success"


def decisions_numbered(number: str) -> list[Checked]:
    """The decisions of that number, however it is typed."""
    key = names.number_key(number)
    rows = Decision.objects.filter(number_key=key) if key else Decision.objects.none()
    rows = rows.select_related("form", "unit").prefetch_related("lines__revoked_by")
    return [_checked(row) for row in rows.order_by("-decided_on", "-pk")]


def _checked(decision: Decision) -> Checked:
    lines = sorted(decision.lines.all(), key=lambda line: line.position)
    standing = [line for line in lines if line.taken_back_by is None]
    told = [line.name for line in standing if line.recipient in Recipient.OPEN]
    return Checked(decision, len(lines), len(lines) - len(standing), told)


def line_with_code(code: str) -> DecisionLine | None:
    """The award that a certificate's code stands for."""
    found = DecisionLine.objects.filter(check_code=code, decision__kind=DecisionKind.AWARD)
    return found.select_related("decision__form", "decision__unit", "revoked_by__decision").first()


# To take away

DECISIONS = Definition(
    title="Quyết định khen thưởng",
    columns=(
        Column("number", "Số quyết định", help="Số, ký hiệu.", width=18),
        Column("decided_on", "Ngày quyết định", DATE, help="Ngày ký.", width=13),
        Column("kind", "Loại quyết định", help="Khen thưởng hoặc hủy bỏ.", width=24),
        Column("form", "Hình thức", help="Hình thức khen thưởng.", width=36),
        Column("award_type", "Loại khen thưởng", help="Luật 2022, Điều 8.", width=30),
        *whose("unit", "đơn vị", "Đơn vị ra, nhận quyết định"),
        Column("decider", "Người quyết định", help="Theo thẩm quyền.", width=32),
        Column("signer", "Người ký", help="Như trong quyết định.", width=24),
        Column("round", "Đợt khen thưởng", help="Tên đợt.", width=36),
        Column("size", "Số dòng", INTEGER, help="Số tập thể, cá nhân, hộ.", width=9),
    ),
)
LINES = Definition(
    title="Danh sách khen thưởng",
    columns=(
        Column("position", "STT", INTEGER, help="Thứ tự trong quyết định.", width=6),
        Column("recipient", "Đối tượng", help="Ai được khen.", width=18),
        Column("title", "Danh xưng", help="Ông, Bà.", width=9),
        Column("name", "Tên", help="Như trong quyết định.", width=36),
        Column("post", "Chức vụ", help="Chức vụ, nghề nghiệp.", width=26),
        Column("address", "Địa chỉ", help="Đơn vị, địa chỉ.", width=30),
        *whose(),
        Column("coefficient", "Hệ số", DECIMAL, help="Trống: chưa có căn cứ.", width=9),
        Column("salary", "Mức lương cơ sở", INTEGER, help="Đồng.", width=14),
        Column("paid", "Tiền thưởng", DECIMAL, help="Đồng; quyết định hủy bỏ: tiền thu hồi."),
        Column("problem", "Chưa tính được vì", help="Trống: đã tính.", width=40),
        Column("presented_on", "Ngày trao", DATE, help="Trống: chưa trao.", width=13),
        Column("revoked_on", "Hủy bỏ từ ngày", DATE, help="Trống: còn hiệu lực.", width=13),
    ),
)


def decision_rows(decisions: Iterable[Decision]) -> Iterator[dict]:
    """One row a decision, in the order of the list."""
    for row in streamed(decisions):
        yield {
            "number": row.number,
            "decided_on": row.decided_on,
            "kind": row.get_kind_display(),
            "form": row.form.name,
            "award_type": row.get_award_type_display(),
            **of_unit(row.unit),
            "decider": row.decider,
            "signer": row.signer,
            "round": row.round.title,
            "size": row.size,
        }


def line_rows(lines: Iterable[DecisionLine]) -> Iterator[dict]:
    """One row a recipient."""
    told = ("position", "title", "name", "post", "address", "coefficient", "salary", "paid")
    for line in lines:
        yield {
            **{name: getattr(line, name) for name in told},
            "recipient": line.get_recipient_display(),
            **of_unit(line.unit),
            "problem": line.problem,
            "presented_on": _handed_over(line),
            "revoked_on": _taken_back(line),
        }


def _handed_over(line: DecisionLine) -> date | None:
    return line.handed_over.presented_on if line.handed_over else None


def _taken_back(line: DecisionLine) -> date | None:
    return line.taken_back_by.decision.decided_on if line.taken_back_by else None
