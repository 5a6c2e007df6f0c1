"""The ledger of honours: single entries by hand, many at once for a file that comes in."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Model

from awards import permissions, rules
from awards.models import Honour, HonourWord
from awards.queries import register_starts
from config import clock
from config.text import clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.models import Import, User

TEXTS = ("name", "number", "issuer", "achievement")
KEYS = ("number", "decided_on", "recipient", "unit", "name")
FACTS = ("form", "award_type", "issuer", "achievement", "period_from", "period_to")
UNNAMED = "(tên không ghi vào nhật ký)"
WRITTEN = (*FACTS, "search", "sort_key", "name_key", "source")


@transaction.atomic
def save_honour(honour: Honour, *, by: User | None, reason: str = "") -> Honour:
    """Enter an award that was decided, or correct the entry.

    Effects: the entry with its texts for search and order, and a log row with what changed;
    saving without a change logs nothing.
    """
    by, before = anew(by), stored(honour)
    if by:
        refuse(*{permissions.may_honour(by, row.recipient) for row in (before, honour) if row})
    refuse(before and rules.entered_by_hand(before))
    tidy(honour, TEXTS)
    honour.fill_keys()
    refuse_invalid(honour, ignore=("search", "sort_key", "name_key"))
    told = {"register_starts": register_starts(), "today": clock.today()}
    refuse(*rules.obstacles_to_honouring(honour, **told))
    honour.save()
    honour.words.all().delete()
    _write_words([honour])
    if changes := differences(before, honour, (*KEYS, *FACTS)):
        verb = "create" if before is None else "correct"
        _log(f"{verb}_honour", honour, by=by, changes=changes, reason=reason)
    return honour


def _log(act: str, honour: Honour, *, by, changes, reason) -> None:
    """The log is read by administrators, who see no persons and households by name here."""
    label = honour.name
    if honour.recipient not in Honour.Recipient.OPEN:
        label = honour.number
        changes = changes | ({"name": [UNNAMED, UNNAMED]} if "name" in changes else {})
    told = {"unit": honour.unit, "changes": changes, "reason": clean_text(reason)}
    record(act, honour, by=by, label=f"{honour.form}, {label}", **told)


@transaction.atomic
def remove_honour(honour: Honour, *, by: User | None, reason: str) -> None:
    """Take an entry out of the ledger; the log keeps that there was one and why it went."""
    by, before = anew(by), stored(honour)
    refuse(by and permissions.may_honour(by, before.recipient))
    refuse(rules.entered_by_hand(before))
    reason = clean_text(reason)
    refuse(None if reason else "Lý do: cần ghi vì sao xóa.")
    gone = {name: [_told(getattr(before, name)), ""] for name in (*KEYS, *FACTS)}
    _log("remove_honour", before, by=by, changes=gone, reason=reason)
    before.delete()


def _told(value) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def write_honours(
    honours: Sequence[Honour], *, by: User | None, source: Import | None = None
) -> list[int]:
    """Write many entries in one statement, new or over those on file; their primary keys.

    For rows that ``awards.imports`` has judged. ``source``, the file they came by, has a log row
    of its own that tells of all of them.
    """
    by = anew(by)
    if by:
        refuse(*{permissions.may_honour(by, row.recipient) for row in honours})
    for row in honours:
        row.fill_keys()
        row.source = source
    saved = Honour.objects.bulk_create(
        honours, update_conflicts=True, unique_fields=KEYS, update_fields=WRITTEN
    )
    _write_words(saved)
    return [row.pk for row in saved]


def enter_decided(honours: Sequence[Honour]) -> list[Honour]:
    """The entries that a decision of this portal makes; within the act of that decision."""
    for row in honours:
        row.fill_keys()
    saved = Honour.objects.bulk_create(honours)
    _write_words(saved)
    return saved


def mark_revoked(honours: Sequence[Honour], revoked_on: date) -> None:
    """They stay in the ledger, with the day from which they count no more."""
    keys = [row.pk for row in honours]
    Honour.objects.filter(pk__in=keys).update(revoked_on=revoked_on)


def _write_words(honours: Sequence[Honour]) -> None:
    """Those on file keep theirs: entries of one key have the same name and number."""
    words = [word for row in honours for word in row.word_rows()]
    HonourWord.objects.bulk_create(words, ignore_conflicts=True)


@transaction.atomic
def put_back_honours(before: Mapping[int, Mapping[str, Model] | None], *, by: User | None) -> None:
    """Undo what a file wrote: by primary key the facts that stood there before, None: nothing."""
    by = anew(by)
    rows = list(Honour.objects.select_for_update().filter(pk__in=before))
    if by:
        refuse(*{permissions.may_honour(by, row.recipient) for row in rows})
    changed = [row for row in rows if before[row.pk] is not None]
    for row in changed:
        row.source = None
        for name in before[row.pk].keys() & set(FACTS):  # older files know fewer facts
            setattr(row, name, before[row.pk][name])
    Honour.objects.bulk_update(changed, [*FACTS, "source"])
    Honour.objects.filter(pk__in=[row.pk for row in rows if before[row.pk] is None]).delete()
