"""The ledger of contributions: single rows by hand, many at once for a file that comes in."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from campaign import permissions, rules
from campaign.models import Contribution
from campaign.queries.plan import campaign_years
from config import clock
from config.text import clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid, stored
from units.models import Import, User

FIGURES = ("amount", "households", "jobs")
IDENTITY = ("giver", "year", "receiver")
KEYS = ("giver_id", "year", "receiver_id")


@transaction.atomic
def save_contribution(row: Contribution, *, by: User | None, reason: str = "") -> Contribution:
    """Enter a contribution or correct its figures; giver, year and receiver stay as entered.

    Effects: the row, and a log row with what changed. Saving without a change logs nothing.
    """
    by, before = anew(by), stored(row)
    refuse(by and permissions.may_record(by, row.receiver_id, row.receiver.name))
    refuse(before and _other_gift(row, before))
    refuse_invalid(row)
    years, this_year = campaign_years(), clock.today().year
    refuse(*rules.obstacles_to_recording(row, years=years, this_year=this_year))
    row.save()
    if changes := differences(before, row, (*IDENTITY, *FIGURES)):
        verb = "create" if before is None else "correct"
        told = {"unit": row.receiver, "changes": changes, "reason": clean_text(reason)}
        record(f"{verb}_contribution", row, by=by, **told)
    return row


def _other_gift(row: Contribution, before: Contribution) -> str | None:
    if all(getattr(row, name) == getattr(before, name) for name in KEYS):
        return None
    return "Không đổi doanh nghiệp, năm hoặc xã nhận; hãy xóa đóng góp này rồi ghi đóng góp mới."


@transaction.atomic
def remove_contribution(row: Contribution, *, by: User | None, reason: str) -> None:
    """Take a contribution out of the ledger; the log keeps what it said and why it went."""
    by, before = anew(by), stored(row)
    refuse(by and permissions.may_record(by, before.receiver_id, before.receiver.name))
    reason = clean_text(reason)
    refuse(None if reason else "Lý do: cần ghi vì sao xóa đóng góp.")
    gone = {name: [str(getattr(before, name)), ""] for name in (*IDENTITY, *FIGURES)}
    told = {"unit": before.receiver, "changes": gone, "reason": reason}
    record("remove_contribution", before, by=by, **told)
    before.delete()


@transaction.atomic
def write_contributions(
    rows: Sequence[Contribution], *, by: User | None, source: Import | None = None
) -> list[int]:
    """Write many rows in one statement, new or over those on file; their primary keys, in order.

    For rows that ``campaign.imports`` has judged. ``source``, the file they came by, has a log
    row of its own that tells of all of them.
    """
    by = anew(by)
    if by:
        receivers = sorted({row.receiver_id for row in rows})
        refuse(*{permissions.may_record(by, pk, "Xã nhận") for pk in receivers})
    for row in rows:
        row.source = source
    saved = Contribution.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=IDENTITY,
        update_fields=[*FIGURES, "source"],
    )
    return [row.pk for row in saved]


@transaction.atomic
def put_back_contributions(before: Mapping[int, Mapping | None], *, by: User | None) -> None:
    """Undo what a file wrote: by primary key the figures that stood there before, None: nothing."""
    by = anew(by)
    rows = Contribution.objects.select_for_update().filter(pk__in=before)
    if by and rows.exclude(permissions.recordable(by)).exists():
        refuse("Xã nhận: bạn chỉ được hoàn tác đóng góp mà xã của mình nhận.")
    changed = []
    for row in rows:
        if figures := before[row.pk]:
            for name in FIGURES:
                setattr(row, name, figures[name])
            row.source = None
            changed.append(row)
    Contribution.objects.bulk_update(changed, [*FIGURES, "source"])
    rows.filter(pk__in=[pk for pk, figures in before.items() if figures is None]).delete()
