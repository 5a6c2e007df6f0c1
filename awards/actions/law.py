"""Rule sets: editions that stand for ever once they were used, and the next ones after them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model, TextField

from awards import permissions
from awards.models import RULES, Rule, RuleSet
from config import clock
from config.text import clean_line, clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid
from units.models import User

Tables = Mapping[str, Iterable[Rule]]
"""Rows by the name of their table (``RULES``), not yet of any edition."""


def _locked(rule_set: RuleSet) -> RuleSet:
    return RuleSet.objects.select_for_update(of=("self",)).get(pk=rule_set.pk)


@transaction.atomic
def seal_rule_set(rule_set: RuleSet, *, by: User | None) -> RuleSet:
    """Make an edition unchangeable: whoever decides something by it calls this first.

    Effects: the stamp, once, with a log row. From then on a changed file makes a new edition.
    """
    by, rule_set = anew(by), _locked(rule_set)
    if rule_set.sealed_at is None:
        _seal(rule_set)
        record("seal_rule_set", rule_set, by=by)
    return rule_set


def _seal(rule_set: RuleSet) -> None:
    rule_set.sealed_at = clock.now()
    rule_set.save(update_fields=["sealed_at"])


@transaction.atomic
def revise_rule_set(
    rule_set: RuleSet,
    *,
    by: User | None,
    reason: str,
    head: Mapping[str, Any] | None = None,
    tables: Tables | None = None,
) -> RuleSet:
    """Make the next edition of a rule set: ``head`` by field, whole ``tables``, the rest as before.

    Effects: both editions sealed, the old one no longer current, the new one current, a log row
    with the reason and what changed. Refused for an edition that was replaced already, without a
    reason and without a change. ``by`` is the board or the administrator; nobody when a changed
    file is loaded.
    """
    by, old = anew(by), _locked(rule_set)
    reason = clean_text(reason)
    refuse(by and permissions.keeps_law(by), _newest(old), _told_why(reason))
    standing = tables_of(old)
    wanted = {name: list(rows) for name, rows in (tables or {}).items()}
    changes = _changes(old, head or {}, standing, wanted)
    refuse(None if changes else "Chưa có gì thay đổi so với phiên bản đang dùng.")
    new = _next_edition(old, head or {}, by=by, reason=reason)
    write_tables(new, standing | wanted, checked=wanted)
    _seal(new)
    record("revise_rule_set", new, by=by, changes=changes, reason=reason)
    return new


def _newest(rule_set: RuleSet) -> str | None:
    if rule_set.current:
        return None
    return (
        f"{rule_set} đã được thay bằng phiên bản mới; hãy tải lại trang và sửa từ phiên bản đang "
        "dùng."
    )


def _told_why(reason: str) -> str | None:
    return None if reason else "Lý do: cần ghi vì sao sửa."


def _changes(old: RuleSet, head, standing, wanted) -> dict:
    """What the next edition says otherwise: fields with both values, tables with their rows."""
    changes = {
        name: [str(getattr(old, name)), str(value)]
        for name, value in head.items()
        if getattr(old, name) != value
    }
    for name, rows in wanted.items():
        before = [row.says() for row in standing[name]]
        after = [row.says() for row in rows]
        if before != after:
            title = str(RULES[name]._meta.verbose_name)
            changes[title] = [
                [str(row) for row in standing[name] if row.says() not in after],
                [str(row) for row in rows if row.says() not in before],
            ]
    return changes


def _next_edition(old: RuleSet, head, *, by, reason) -> RuleSet:
    """The head of the next edition in the place of the old one."""
    if old.sealed_at is None:
        _seal(old)
    old.current = False
    old.save(update_fields=["current"])
    told = {name: getattr(old, name) for name in RuleSet.HEAD} | dict(head)
    new = RuleSet(code=old.code, edition=old.edition + 1, replaces=old, **told)
    new.made_by, new.reason = by, reason
    _tidy(new, RuleSet.HEAD)
    refuse_invalid(new)
    refuse(_alone(new))
    new.save()
    return new


def _alone(rule_set: RuleSet) -> str | None:
    """At any day one current edition speaks."""
    others = RuleSet.objects.filter(current=True, valid_to__gt=rule_set.valid_from)
    others |= RuleSet.objects.filter(current=True, valid_to__isnull=True)
    if rule_set.valid_to:
        others = others.filter(valid_from__lt=rule_set.valid_to)
    if rival := others.exclude(code=rule_set.code).first():
        return f"Hiệu lực từ: trùng thời gian với “{rival.title}”; hãy sửa lại ngày."
    return None


def tables_of(rule_set: RuleSet) -> dict[str, list[Rule]]:
    """The rows of an edition, table by table."""
    return {
        name: list(model.objects.filter(rule_set=rule_set).select_related("form"))
        for name, model in RULES.items()
    }


def write_tables(rule_set: RuleSet, tables: Tables, *, checked: Iterable[str] = ()) -> None:
    """Give a fresh edition copies of the rows; called inside the transaction of an act.

    Rows of the tables named by ``checked`` are typed by people: each is validated in its turn.
    """
    for name, rows in tables.items():
        model = RULES[name]
        made = [_copy(model, row, rule_set, place) for place, row in enumerate(rows, start=1)]
        if name not in checked:
            model.objects.bulk_create(made)
            continue
        for row in made:
            _tidy(row, (*model.FACTS, *model.MARKS))
            refuse_invalid(row)
            row.save()


def _copy(model: type[Rule], row: Rule, rule_set: RuleSet, place: int) -> Rule:
    told = {name: getattr(row, name) for name in (*model.FACTS, *model.MARKS)}
    return model(rule_set=rule_set, form=row.form, position=place, **told)


def _tidy(obj: Model, names: Iterable[str]) -> None:
    """One spelling, whatever keyboard or document a text came from."""
    for name in names:
        value = getattr(obj, name)
        if isinstance(value, str):
            whole = isinstance(obj._meta.get_field(name), TextField)
            setattr(obj, name, clean_text(value) if whole else clean_line(value))
