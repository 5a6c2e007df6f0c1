"""What a dossier holds: the parts of its report, its answers to the criteria, its files."""

import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core.files import File
from django.db import transaction

from awards.actions.acting import note_change, own_open_nomination, told_of
from awards.kinds import Document
from awards.models import AchievementPart, DossierFile, Nomination, NominationAnswer
from awards.nomination_page import mark_of
from config import clock, uploads
from config.text import clean_text, vn_number
from config.workflow import RuleViolation, overwritten, refuse
from criteria.states import Grade
from units.actions import record

TEXT_LIMIT = AchievementPart._meta.get_field("text").max_length
EXPLANATION_LIMIT = NominationAnswer._meta.get_field("explanation").max_length


@transaction.atomic
def save_part(part: AchievementPart, text: str, *, by, revision: int) -> AchievementPart:
    """Write one part of the achievement report.

    ``revision`` is the one that the writer saw; refused when somebody wrote since. What was
    filled in beforehand and saved as it is counts as looked at.
    """
    nomination, by = own_open_nomination(part.nomination_id, by=by)
    part = AchievementPart.objects.select_related("edited_by").get(pk=part.pk)
    text = clean_text(text)
    if text == part.text and part.edited_at:
        return part
    if part.revision != revision:
        raise overwritten(f"mục “{part.title}”", part.edited_by, part.edited_at, reader=by)
    if len(text) > TEXT_LIMIT:
        refuse(f"Nội dung: dài quá {vn_number(TEXT_LIMIT)} ký tự; hãy rút gọn.")
    part.text, part.revision = text, part.revision + 1
    part.edited_at, part.edited_by = clock.now(), by
    part.save(update_fields=["text", "revision", "edited_at", "edited_by"])
    note_change(nomination, "correct_achievement", by=by, changes={"part": part.code})
    return part


Said = Mapping[int, tuple[str, str]]
"""By criterion: the grade and its explanation."""


@transaction.atomic
def save_answers(nomination: Nomination, said: Said, *, by, seen: str) -> list[NominationAnswer]:
    """Write what the candidate answers to the criteria of its group; unfinished is kept.

    ``seen``: the mark of what the form was opened with (``mark_of``); refused when somebody
    wrote since.
    """
    nomination, by = own_open_nomination(nomination.pk, by=by)
    rows = list(nomination.answers.select_related("criterion").order_by("criterion__number"))
    if seen != mark_of(rows):
        raise overwritten("phần tự đánh giá này")
    changed = []
    for row in rows:
        grade, explanation = said.get(row.criterion_id, (row.grade, row.explanation))
        given = grade, clean_text(explanation)
        refuse(*_faults_of_answer(row, *given))
        if given != (row.grade, row.explanation):
            row.grade, row.explanation = given
            changed.append(row)
    NominationAnswer.objects.bulk_update(changed, ["grade", "explanation"])
    if changed:
        told = {"criteria": [row.criterion.clause for row in changed]}
        note_change(nomination, "correct_answers", by=by, changes=told)
    return rows


def _faults_of_answer(row: NominationAnswer, grade: str, explanation: str) -> list[str | None]:
    clause = row.criterion.clause
    return [
        f"{clause}: mức đạt không hợp lệ." if grade and grade not in Grade.values else None,
        f"{clause}: diễn giải dài quá {vn_number(EXPLANATION_LIMIT)} ký tự; hãy rút gọn."
        if len(explanation) > EXPLANATION_LIMIT
        else None,
    ]


# Files


def attach_file(nomination: Nomination, document: str, upload: File, *, by) -> DossierFile:
    """Keep a file in the dossier as the document it is, judged by its content.

    The bytes go to the private store, the row keeps their SHA-256. Size and number for each kind
    of document are bounded by ``EVIDENCE_MAX_BYTES`` and ``EVIDENCE_MAX_FILES``. The file is
    looked through before the transaction, so that a large one keeps nobody waiting.
    """
    try:
        kind = uploads.check_upload(upload, max_bytes=settings.EVIDENCE_MAX_BYTES)
    except uploads.UploadError as refusal:
        raise RuleViolation(*refusal.args) from refusal
    if document not in Document.values:
        refuse("Loại tài liệu: hãy chọn một loại trong danh sách.")
    return _attach(nomination, document, upload, kind, uploads.sha256(upload), by=by)


@transaction.atomic
def _attach(nomination, document: str, upload: File, kind, sha256: str, *, by) -> DossierFile:
    nomination, by = own_open_nomination(nomination.pk, by=by)
    name = uploads.display_name(upload)
    refuse(_surplus(nomination, document, name, sha256))
    row = DossierFile(
        nomination=nomination,
        document=document,
        token=uuid.uuid4(),
        name=name,
        kind=kind.name,
        size=uploads.size_of(upload),
        sha256=sha256,
        added_at=clock.now(),
        added_by=by,
    )
    _store(row, upload)
    _log_file("attach_dossier_file", row, nomination, by=by)
    return row


def _surplus(nomination: Nomination, document: str, name: str, sha256: str) -> str | None:
    attached = list(nomination.files.attached().filter(document=document))
    for other in attached:
        if other.sha256 == sha256:
            return (
                f"Tệp “{name}” đã được đính kèm lúc {clock.said(other.added_at)} với tên "
                f"“{other.name}”; không cần gửi lại."
            )
    if len(attached) < settings.EVIDENCE_MAX_FILES:
        return None
    return (
        f"Loại tài liệu này đã có {vn_number(len(attached))} tệp, tối đa "
        f"{vn_number(settings.EVIDENCE_MAX_FILES)}; hãy gỡ bớt hoặc gộp các tệp thành một PDF rồi "
        f"đính kèm “{name}”."
    )


def _store(row: DossierFile, upload: File) -> None:
    """Row and file together: if the row cannot be kept, the file goes too."""
    row.file.save(row.name, File(upload, name=row.name), save=False)
    try:
        with transaction.atomic():
            row.save()
    except Exception:
        row.file.delete(save=False)
        raise


@transaction.atomic
def remove_file(row: DossierFile, *, by) -> DossierFile:
    """Take a file out of the dossier; row and bytes stay for what was read before."""
    nomination, by = own_open_nomination(row.nomination_id, by=by)
    row = DossierFile.objects.get(pk=row.pk)
    if row.removed_at is None:
        row.removed_at = clock.now()
        row.save(update_fields=["removed_at"])
        _log_file("detach_dossier_file", row, nomination, by=by)
    return row


@transaction.atomic
def open_file(row: DossierFile, *, by) -> DossierFile:
    """Log that a person opened the file; call it before handing out the bytes."""
    _log_file("read_dossier_file", row, row.nomination, by=by)
    return row


def _log_file(action: str, row: DossierFile, nomination: Nomination, *, by) -> None:
    """Names of files may name people, so the log has the fingerprint alone."""
    changes = {"sha256": row.sha256, "document": row.document}
    told = {"unit": nomination.proposer, "label": told_of(nomination), "changes": changes}
    record(action, row, by=by, **told)
