"""What the law says on a day: which rule set, how much money, who may decide.

Procedure follows the rule set of the day a dossier was received, money the one of the decision's
date (NĐ 98/2023 Đ53). What no source was found for is told so and never guessed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from awards.kinds import Office, Recipient, Rounding
from awards.models import Authority, AwardForm, BaseSalary, Bonus, RuleSet
from awards.models.law import UNKNOWN
from config.text import vn_date, vn_number
from units.kinds import Kind

LEVELS = dict(Kind.choices) | dict(Office.choices)
"""Of whatever kind a unit is, how its level is called; villages are asked for too."""
ROUNDINGS = {Rounding.UP: ROUND_CEILING, Rounding.HALF_UP: ROUND_HALF_UP}


def rule_set_on(day: date) -> RuleSet | None:
    """The edition in force on the day, or None where the portal knows no law of that time."""
    return RuleSet.objects.on(day)


# Money


@dataclass(frozen=True)
class BonusSum:
    """A bonus with all that it was worked out from, each part with its source.

    ``problem`` says in words why there is no sum; then ``paid`` is None.
    """

    form: AwardForm
    recipient: str
    decided_on: date
    rule_set: RuleSet | None = None
    rule: Bonus | None = None
    salary: BaseSalary | None = None
    product: Decimal | None = None
    paid: Decimal | None = None
    problem: str = ""

    @property
    def coefficient(self) -> Decimal | None:
        return self.rule.coefficient if self.rule else None

    @property
    def rounding(self) -> str:
        return self.rule_set.rounding if self.rule_set else ""

    @property
    def in_words(self) -> str:
        """ "1,5 × 2.530.000 = 3.795.000 đồng, làm tròn lên: 3.800.000 đồng"."""
        if self.problem:
            return self.problem
        amount, made = vn_number(self.salary.amount), vn_number(self.product)
        told = f"{vn_number(self.coefficient)} × {amount} = {made} đồng"
        if self.paid == self.product:
            return told
        return f"{told}, {self.rule_set.get_rounding_display()}: {vn_number(self.paid)} đồng"

    @property
    def sources(self) -> list[tuple[str, str, str]]:
        """What each part rests on: (part, clause, source)."""
        told = []
        if self.rule:
            told.append(("hệ số", self.rule.clause, self.rule.source))
        if self.salary:
            told.append(("mức lương cơ sở", self.salary.clause, self.salary.source))
        if self.rule_set:
            told.append(("làm tròn", self.rule_set.rounding_clause, self.rule_set.source))
        return told


def rounded(product: Decimal, mode: str, unit: int) -> Decimal:
    """A product made round by the setting of the rule set.

    NĐ 98/2023 Đ53: "lên hàng chục nghìn đồng"; practice also takes the nearest or rounds nothing.
    """
    if mode == Rounding.NONE:
        return product
    return (product / unit).to_integral_value(ROUNDINGS[Rounding(mode)]) * unit


def bonus_of(form: AwardForm, recipient: str, decided_on: date) -> BonusSum:
    """The bonus of one award: coefficient × base salary, both of the decision's date."""
    asked = {"form": form, "recipient": recipient, "decided_on": decided_on}
    rule_set = rule_set_on(decided_on)
    if rule_set is None:
        return BonusSum(**asked, problem=_no_law(decided_on))
    rule = Bonus.objects.filter(
        rule_set=rule_set, form__code=form.code, recipient=recipient
    ).first()
    salary = BaseSalary.objects.on(decided_on)
    return worked_out(rule_set, rule, salary, **asked)


def worked_out(rule_set, rule, salary, *, form, recipient, decided_on) -> BonusSum:
    """The sum from its parts; a part that is missing is named."""
    asked = {"form": form, "recipient": recipient, "decided_on": decided_on}
    known = asked | {"rule_set": rule_set, "rule": rule, "salary": salary}
    if rule is None or rule.coefficient is None:
        whose = Recipient(recipient).label
        problem = f"{UNKNOWN.capitalize()}: chưa rõ hệ số của {form} cho {whose}."
        return BonusSum(**known, problem=problem)
    if salary is None:
        problem = f"{UNKNOWN.capitalize()}: chưa có mức lương cơ sở ngày {vn_date(decided_on)}."
        return BonusSum(**known, problem=problem)
    made = rule.coefficient * salary.amount
    paid = rounded(made, rule_set.rounding, rule_set.rounding_unit)
    return BonusSum(**known, product=made, paid=paid)


def _no_law(day: date) -> str:
    return f"{UNKNOWN.capitalize()}: chưa có bộ quy định khen thưởng nào ngày {vn_date(day)}."


# Authority


def authority_problem(form: AwardForm, office: str, decided_on: date) -> str | None:
    """Why an office could not decide the form on that day; None: it could, or no law is known.

    A family is asked through its grades. The district decided to 30/6/2025 (Luật 2022 Đ80 k2).
    """
    codes = [form.code, *form.grades.values_list("code", flat=True)]
    found = Authority.objects.filter(form__code__in=codes, rule_set__current=True)
    rows = list(found.select_related("rule_set"))
    if not rows or rule_set_on(decided_on) is None:
        return None
    now = [row for row in rows if row.holds_on(decided_on)]
    if any(row.office == office for row in now):
        return None
    whose = f"{form}: ngày {vn_date(decided_on)}, cấp {LEVELS[office]} không có thẩm quyền"
    once = _once([row for row in rows if row.office == office], decided_on)
    deciders = "; ".join(dict.fromkeys(row.decider for row in now))
    told = [
        f"{whose} quyết định{once}.",
        f"Người có thẩm quyền: {deciders}." if deciders else "",
        "Hãy kiểm tra ngày và cơ quan ký quyết định.",
    ]
    return " ".join(part for part in told if part)


def _once(rows: list[Authority], day: date) -> str:
    """ " (chỉ đến hết 30/06/2025; Điều 80 khoản 2)" where the office could before."""
    ended = [row for row in rows if row.ends and row.ends <= day]
    if not ended:
        return ""
    last = max(ended, key=lambda row: row.ends)
    clause = f"; {last.clause}" if last.clause else ""
    return f" (chỉ đến hết {vn_date(last.ends - timedelta(days=1))}{clause})"
