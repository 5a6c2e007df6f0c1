"""The page of the law: what holds on a day, table by table, each row with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.text import capfirst

from awards.law import rule_set_on, worked_out
from awards.models import RULES, BaseSalary, Bonus, DayOff, Rule, RuleSet
from config.text import vn_date, vn_number
from units.kinds import Confidence


@dataclass(frozen=True)
class Line:
    """One row of any table: whom it concerns, what it says, where that is written."""

    subject: str
    words: str
    clause: str
    source: str
    confidence: str
    note: str
    row: Rule | None = None


@dataclass(frozen=True)
class Table:
    """Rows of one kind under their title; ``name`` as in ``RULES``."""

    name: str
    title: str
    head: str
    lines: list[Line]

    @property
    def is_law(self) -> bool:
        """Whether it belongs to the rule set and is corrected with it."""
        return self.name in RULES


@dataclass(frozen=True)
class LawPage:
    """Everything that the page and the table to take away tell of a day."""

    day: date
    rule_set: RuleSet | None
    tables: list[Table]
    editions: list[RuleSet]


def law_page(day: date) -> LawPage:
    """The rule set in force on the day with its tables, the base salary and the year's days off."""
    rule_set = rule_set_on(day)
    tables = list(_tables(rule_set, day)) if rule_set else []
    tables += [_salaries(), _days_off(day.year)]
    return LawPage(day, rule_set, tables, list(_editions(rule_set)) if rule_set else [])


def all_rule_sets() -> QuerySet[RuleSet]:
    """The current edition of every rule set, to choose a day from."""
    return RuleSet.objects.filter(current=True).order_by("valid_from")


def _editions(rule_set: RuleSet) -> QuerySet[RuleSet]:
    found = RuleSet.objects.filter(code=rule_set.code).select_related("made_by")
    return found.order_by("-edition")


def _tables(rule_set: RuleSet, day: date) -> Iterator[Table]:
    salary = BaseSalary.objects.on(day)
    for name, model in RULES.items():
        rows = model.objects.filter(rule_set=rule_set).select_related("form", "rule_set")
        lines = [_line(row, _words(row, rule_set, salary, day)) for row in rows]
        title = capfirst(str(model._meta.verbose_name_plural))
        yield Table(name, title, "Hình thức", lines)


def _words(row: Rule, rule_set, salary, day) -> str:
    """What a row says; a bonus also what it comes to on the day."""
    if not isinstance(row, Bonus) or row.coefficient is None:
        return row.in_words
    made = worked_out(rule_set, row, salary, form=row.form, recipient=row.recipient, decided_on=day)
    return f"{row.in_words}; {made.in_words}"


def _line(row: Rule, words: str) -> Line:
    marks = (row.clause, row.source, row.confidence, row.note)
    return Line(row.subject, capfirst(words), *marks, row=row)


def _salaries() -> Table:
    lines = [
        Line(
            f"Từ {vn_date(each.valid_from)}",
            f"{vn_number(each.amount)} đồng/tháng",
            each.clause,
            each.source,
            each.confidence,
            each.note,
        )
        for each in BaseSalary.objects.order_by("-valid_from")
    ]
    return Table("base_salaries", "Mức lương cơ sở", "Thời gian", lines)


def _days_off(year: int) -> Table:
    lines = [
        Line(
            vn_date(each.date),
            f"{each.name} – {'ngày làm việc' if each.working else 'nghỉ'}",
            "",
            each.source,
            each.confidence,
            "",
        )
        for each in DayOff.objects.filter(date__year=year)
    ]
    return Table("days_off", f"Ngày nghỉ, ngày làm bù năm {year}", "Ngày", lines)


def law_rows(page: LawPage) -> Iterator[dict]:
    """The whole page as rows of one table."""
    for table in page.tables:
        for line in table.lines:
            yield {
                "table": table.title,
                "subject": line.subject,
                "words": line.words,
                "clause": line.clause,
                "source": line.source,
                "confidence": Confidence(line.confidence).label,
                "note": line.note,
            }
