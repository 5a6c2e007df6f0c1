"""Rounds of commendation: made, corrected and moved under lock, each act with its log row."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count

from awards import permissions, round_rules
from awards.models import AwardForm, Nomination, Round, RoundForm
from awards.round_page import round_mark
from awards.rules import LONGEST_REASON
from awards.states import RoundState
from awards.steps import ROUND_STEPS
from config import clock
from config.text import clean_text, vn_number
from config.workflow import overwritten, refuse
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.models import Unit, User

Offers = Mapping[AwardForm, int | None]
"""The forms on offer, each with the number advised or None."""


@transaction.atomic
def save_round(
    round: Round, offers: Offers, *, by: User | None, reason: str = "", seen: str = ""
) -> Round:
    """Make a round as a draft, or correct one that is not closed; ``offers`` are all its forms.

    Effects: the round and its forms, and a log row with what changed; without a change nothing.
    A round that is open keeps its kind, at least one form, and asks for a reason. ``seen``: the
    mark of what the form was opened with; refused when somebody wrote since.
    """
    by, before = anew(by), stored(round)
    refuse(*({permissions.keeps_round(by, row) for row in (before, round) if row} if by else ()))
    Unit.objects.select_for_update(no_key=True).get(pk=round.unit_id)  # one of a kind at a time
    refuse(*_fixed(before, round))
    if before and seen and seen != round_mark(before):
        raise overwritten("đợt khen thưởng này")
    tidy(round, ("title",))
    round.year = round.period_to.year if round.period_to else 0
    refuse_invalid(round)
    changes = differences(before, round, Round.FACTS) | _changed_offers(before, offers)
    reason = clean_text(reason)
    refuse(*_faults(before, round, offers), *_told_why(before, changes, reason))
    if before is None:
        round.save()
    elif changes:
        round.save(update_fields=[*Round.FACTS, "year"])
    _write_offers(round, offers)
    if changes:
        verb = "create" if before is None else "correct"
        record(f"{verb}_round", round, by=by, unit=round.unit, changes=changes, reason=reason)
    return round


def _fixed(before: Round | None, round: Round) -> list[str | None]:
    """What stays as it is: all of a closed round, whose it is, the kind once it was opened."""
    if before is None:
        return []
    moved = (before.unit_id, before.campaign_id) != (round.unit_id, round.campaign_id)
    opened = before.state != RoundState.DRAFT
    return [
        None if before.is_editable else "Đợt đã đóng nên không sửa được; hãy mở lại đợt trước.",
        "Đơn vị tổ chức đợt: đợt đã lập thì không đổi đơn vị." if moved else None,
        "Loại đợt: đợt đã mở thì không đổi loại." if opened and before.kind != round.kind else None,
    ]


def _faults(before: Round | None, round: Round, offers: Offers) -> list[str | None]:
    found = round_rules.faults_of_round(round, offers)
    found += [round_rules.quota_fits(form, quota) for form, quota in offers.items()]
    if before:
        found += _still_asked_for(before, offers)
    if before and before.state == RoundState.OPEN:
        if not offers:
            found.append("Hình thức khen thưởng: đợt đang mở phải có ít nhất một hình thức.")
        if before.due != round.due:
            found.append(round_rules.due_not_past(round, clock.today()))
    return found


def _still_asked_for(before: Round, offers: Offers) -> list[str]:
    """A form for which somebody was put forward stays on offer."""
    gone = before.offers.exclude(form__in=[form.pk for form in offers]).select_related("form")
    counted = Nomination.objects.filter(offer__in=gone).values("offer").annotate(n=Count("pk"))
    numbers = dict(counted.order_by().values_list("offer", "n"))
    return [
        f"Hình thức khen thưởng: {offer.form} đã có {vn_number(numbers[offer.pk])} hồ sơ đề nghị "
        "nên không bỏ được."
        for offer in gone
        if offer.pk in numbers
    ]


def _told_why(before: Round | None, changes: dict, reason: str) -> list[str | None]:
    asked = changes and before and before.state == RoundState.OPEN
    long = len(reason) > LONGEST_REASON
    return [
        "Lý do: cần ghi vì sao sửa đợt đang mở." if asked and not reason else None,
        f"Lý do: dài quá {vn_number(LONGEST_REASON)} ký tự; hãy rút gọn." if long else None,
    ]


def _changed_offers(before: Round | None, offers: Offers) -> dict:
    """The forms before and after as the log keeps them, where they differ."""
    standing = before.offers.select_related("form") if before else ()
    old = {offer.form: offer.quota for offer in standing}
    if old == dict(offers):
        return {}
    return {"forms": [_listed(old), _listed(offers)]}


def _listed(offers: Offers) -> list[str]:
    ordered = sorted(offers.items(), key=lambda pair: pair[0].position)
    return [str(RoundForm(form=form, quota=quota)) for form, quota in ordered]


def _write_offers(round: Round, offers: Offers) -> None:
    standing = {offer.form_id: offer for offer in round.offers.all()}
    wanted = {form.pk: quota for form, quota in offers.items()}
    round.offers.exclude(form__in=wanted).delete()
    for key, quota in wanted.items():
        offer = standing.get(key) or RoundForm(round=round, form_id=key)
        if offer.pk is None or offer.quota != quota:
            offer.quota = quota
            offer.save()


@transaction.atomic
def take_round_step(round: Round, name: str, *, by: User, note: str = "") -> Round:
    """Open, close or reopen a round, or refuse with the reasons.

    Effects: state and stamps, and a log row with the note.
    """
    by, now, note = anew(by), clock.now(), clean_text(note)
    round, step = _locked(round), ROUND_STEPS[name]
    refuse(*step.obstacles(round, by=by, note=note, now=now))
    source, round.state = round.state, step.target
    round.closed_at = now if step.target == RoundState.CLOSED else None
    if source == RoundState.DRAFT:
        round.opened_at = now
    round.save(update_fields=["state", "opened_at", "closed_at"])
    told = {"changes": {"state": [source, round.state]}, "reason": note, "at": now}
    record(f"{name}_round", round, by=by, unit=round.unit, **told)
    return round


def _locked(round: Round) -> Round:
    rows = Round.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "campaign").get(pk=round.pk)


@transaction.atomic
def remove_round(round: Round, *, by: User | None, reason: str) -> None:
    """Take away a draft that nobody else has seen; the log keeps that there was one, and why."""
    by, round, reason = anew(by), _locked(round), clean_text(reason)
    refuse(by and permissions.keeps_round(by, round))
    refuse(
        None if round.state == RoundState.DRAFT else "Đợt đã mở thì không xóa được; hãy đóng đợt.",
        None if reason else "Lý do: cần ghi vì sao xóa.",
    )
    record("remove_round", round, by=by, unit=round.unit, reason=reason)
    round.delete()
