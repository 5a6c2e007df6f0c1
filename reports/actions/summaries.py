"""Composing a summary: texts, passages, the freeze, and the number under which it is issued."""

import hashlib
import re
from datetime import date

from django.db import transaction
from django.db.models import Max

from campaign.models import Period
from config import clock
from config.text import clean_line, clean_text
from config.workflow import RuleViolation, overwritten, refuse
from reports.documents import files
from reports.documents.snapshot import compose
from reports.figures.counting import covered_periods
from reports.freezing import digest
from reports.leading import lead_of
from reports.models import Selection, Summary, SummaryFile
from reports.permissions import composes
from reports.queries.summaries import (
    newest_frozen,
    open_draft,
    quotable_sections,
    signing_of,
    texts_mark,
)
from reports.states import SummaryState
from reports.summary_steps import SUMMARY_STEPS, TEXTS
from units.actions import record
from units.actions.checking import anew

NUMBER = re.compile(r"\d{1,6}[a-zA-ZđĐ]?")
LEFT_OUT = "[…]"
"""Stands in a passage for words of the unit that were left out."""


@transaction.atomic
def start_summary(period, *, by) -> Summary:
    """Open the summary of a period, or return the draft there is.

    A further edition begins with the texts and passages of the one before. The period's row is
    locked, so that a double click makes one draft.
    """
    now, by = clock.now(), anew(by)
    period = (
        Period.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=period.pk)
    )
    refuse(*start_obstacles(period, by=by, now=now))
    if draft := open_draft(period):
        return draft
    last = Summary.objects.filter(period=period).aggregate(last=Max("edition"))["last"] or 0
    summary = Summary.objects.create(
        period=period,
        lead=lead_of(period, clock.day_of(now)),
        edition=last + 1,
        started_at=now,
        started_by=by,
    )
    if before := newest_frozen(period):
        _copy(before, summary, by=by, at=now)
    record("start_summary", summary, by=by, unit=summary.lead, at=now)
    return summary


def start_obstacles(period, *, by, now) -> list[str]:
    """Why this person cannot open the period's summary now; empty means they can."""
    return _obstacles(period, composes(by, period, now), now)


def start_obstacles_of(periods, *, by, now) -> dict[int, list[str]]:
    """The same for many periods of a campaign, asking for each kind of period once."""
    refusals = {}
    for period in periods:
        if period.kind not in refusals:
            refusals[period.kind] = composes(by, period, now)
    return {period.pk: _obstacles(period, refusals[period.kind], now) for period in periods}


def _obstacles(period, refusal, now) -> list[str]:
    if refusal:
        return [refusal]
    if clock.day_of(now) < date(period.year, 1, 1):
        return [f"{period} chưa bắt đầu; lập được từ ngày 01/01/{period.year}."]
    return []


def _copy(before, summary, *, by, at):
    for name in TEXTS:
        setattr(summary, name, getattr(before, name))
    summary.save(update_fields=list(TEXTS))
    Selection.objects.bulk_create(
        Selection(
            summary=summary,
            section_id=row.section_id,
            position=row.position,
            text=row.text,
            chosen_at=at,
            chosen_by=by,
        )
        for row in before.selections.all()
    )


@transaction.atomic
def save_texts(summary, texts: dict, *, by, seen: str) -> Summary:
    """Write the free texts of a draft; refused when somebody wrote since the form was opened."""
    summary = _draft(summary, by=by)
    written = {name: clean_text(texts[name]) for name in TEXTS if name in texts}
    changed = [name for name, words in written.items() if getattr(summary, name) != words]
    if not changed:
        return summary
    if seen != texts_mark(summary):
        raise overwritten("phần lời của báo cáo này")
    for name in changed:
        setattr(summary, name, written[name])
    refuse(*(_too_long(name, written[name]) for name in changed))
    summary.save(update_fields=changed)
    record("edit_summary", summary, by=by, unit=summary.lead, changes={"fields": changed})
    return summary


def _too_long(name, words) -> str | None:
    longest = Summary._meta.get_field(name).max_length
    if len(words) <= longest:
        return None
    return f"{TEXTS[name].capitalize()}: dài {len(words)} ký tự, tối đa {longest}; hãy rút gọn."


@transaction.atomic
def choose_passage(summary, section, text: str, *, by) -> Selection:
    """Copy words of an accepted report into the draft, at the end of the list.

    The words are the unit's own: whoever chooses may leave some out, marked by “[…]”, not write.
    """
    summary, by = _draft(summary, by=by), anew(by)
    quotable = quotable_sections(covered_periods(summary.period))
    section = quotable.filter(pk=section.pk).first()
    if section is None:
        raise RuleViolation("Chỉ trích được mục cho phép trích, của báo cáo đã nhận trong kỳ.")
    text = clean_text(text)
    refuse(*_wrong_with_passage(summary, section, text))
    last = summary.selections.aggregate(last=Max("position"))["last"] or 0
    selection = Selection.objects.create(
        summary=summary,
        section=section,
        position=last + 1,
        text=text,
        chosen_at=clock.now(),
        chosen_by=by,
    )
    record("choose_passage", selection, by=by, unit=section.report.unit)
    return selection


def _wrong_with_passage(summary, section, text) -> list[str]:
    longest = Selection._meta.get_field("text").max_length
    if not text.strip(LEFT_OUT).strip():
        return ["Đoạn trích không được để trống."]
    if len(text) > longest:
        return [f"Đoạn trích dài {len(text)} ký tự, tối đa {longest}; bỏ bớt bằng dấu {LEFT_OUT}."]
    written = " ".join(section.text.split())
    pieces = [" ".join(piece.split()) for piece in text.split(LEFT_OUT)]
    if not all(piece in written for piece in pieces):
        return [
            "Đoạn trích phải giữ nguyên lời của đơn vị; được bỏ bớt và ghi "
            f"{LEFT_OUT} vào chỗ bỏ, không được viết thêm."
        ]
    if summary.selections.filter(section=section).exists():
        return ["Mục này đã được trích."]
    return []


@transaction.atomic
def drop_passage(selection, *, by) -> None:
    """Take a passage out of the draft; the report it came from is untouched."""
    summary = _draft(selection.summary, by=by)
    selection = Selection.objects.filter(pk=selection.pk, summary=summary).first()
    if selection is not None:
        record("drop_passage", selection, by=anew(by), unit=summary.lead)
        selection.delete()


@transaction.atomic
def move_passage(selection, *, up: bool, by) -> None:
    """Let a passage change places with its neighbour."""
    summary = _draft(selection.summary, by=by)
    rows = list(summary.selections.order_by("position", "pk"))
    place = next((n for n, row in enumerate(rows) if row.pk == selection.pk), None)
    other = None if place is None else place - 1 if up else place + 1
    if other is None or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Selection.objects.bulk_update(rows, ["position"])
    record("move_passage", selection, by=anew(by), unit=summary.lead)


@transaction.atomic
def freeze_summary(summary, *, by) -> Summary:
    """Fix all figures and words of a draft as they stand, and make its files.

    Effects, in order: the row is locked and read anew; obstacles refuse; the snapshot is
    composed and hashed; the three files are made from it, marked as a draft; the log row.
    """
    now, by = clock.now(), anew(by)
    summary = _locked(summary)
    refuse(*SUMMARY_STEPS["freeze"].obstacles(summary, by=by, now=now))
    summary.lead = lead_of(summary.period, clock.day_of(now))
    summary.snapshot = compose(summary.period, now=now, summary=summary)
    summary.sha256 = digest(summary.snapshot)
    summary.state = SUMMARY_STEPS["freeze"].target
    summary.frozen_at, summary.frozen_by = now, by
    summary.save(update_fields=["lead", "snapshot", "sha256", "state", "frozen_at", "frozen_by"])
    hashes = _make_files(summary, at=now)
    changes = {"sha256": summary.sha256, "files": hashes}
    record("freeze_summary", summary, by=by, unit=summary.lead, changes=changes, at=now)
    return summary


@transaction.atomic
def issue_summary(summary, *, number, signed_on, signer, signer_post, by) -> Summary:
    """Enter number, date and signer of the signed paper, once; the draft mark goes.

    The snapshot stays as it was; the files are made anew from it and kept from now on.
    """
    now, by = clock.now(), anew(by)
    summary = _locked(summary)
    refuse(*SUMMARY_STEPS["issue"].obstacles(summary, by=by, now=now))
    summary.number, summary.signed_on = clean_line(number), signed_on
    summary.signer, summary.signer_post = clean_line(signer), clean_line(signer_post)
    refuse(*_wrong_with_signing(summary, clock.day_of(now)))
    summary.save(update_fields=["number", "signed_on", "signer", "signer_post"])
    hashes = _make_files(summary, at=now)
    changes = {"number": summary.number, "files": hashes}
    record("issue_summary", summary, by=by, unit=summary.lead, changes=changes, at=now)
    return summary


def _wrong_with_signing(summary, today) -> list[str]:
    frozen_on = clock.day_of(summary.frozen_at)
    found = []
    if not NUMBER.fullmatch(summary.number):
        found.append("Số văn bản: ghi phần số, ví dụ 123 hoặc 123a; ký hiệu do cổng điền.")
    if summary.signed_on is None or not frozen_on <= summary.signed_on <= today:
        found.append(
            f"Ngày ký: từ ngày chốt {frozen_on:%d/%m/%Y} đến hôm nay {today:%d/%m/%Y}; "
            "số liệu chốt sau ngày ký thì không phải số đã ký."
        )
    if not summary.signer:
        found.append("Người ký: ghi họ và tên.")
    if not summary.signer_post:
        found.append("Chức vụ người ký: ghi chức vụ, ví dụ Phó Chủ tịch.")
    return found


def _make_files(summary, *, at) -> dict[str, str]:
    """The three files from the snapshot, in place of those there were; their hashes."""
    hashes = {}
    for form in files.FORMATS:
        content = files.render(summary.snapshot, signing_of(summary), form)
        hashes[form] = hashlib.sha256(content).hexdigest()
        SummaryFile.objects.update_or_create(
            summary=summary,
            format=form,
            defaults={"content": content, "sha256": hashes[form], "made_at": at},
        )
    return hashes


# The door of every act


def _locked(summary) -> Summary:
    rows = Summary.objects.select_for_update(of=("self",))
    return rows.select_related("period__campaign__province", "lead__parent").get(pk=summary.pk)


def _draft(summary, *, by) -> Summary:
    """The summary under lock, if this person may write in it; else the reasons."""
    summary, now = _locked(summary), clock.now()
    refuse(composes(anew(by), summary.period, now))
    if summary.state != SummaryState.DRAFT:
        raise RuleViolation(f"{summary} đã chốt nên không sửa được; nếu cần sửa, lập bản mới.")
    return summary
