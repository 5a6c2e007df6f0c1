"""Files that support an answer: kept privately, under a name that tells nothing."""

import uuid

from django.conf import settings
from django.core.files import File
from django.db import transaction

from config import clock, uploads
from config.text import vn_number
from config.workflow import RuleViolation
from criteria.actions.acting import own_open_checklist
from criteria.models import Answer, Evidence
from units.actions import record


def attach_evidence(answer: Answer, upload: File, *, by) -> Evidence:
    """Keep a file with an answer, judged by its content; refuse what is not what it says.

    The bytes go to the private store, the row keeps their SHA-256. Size and number per answer
    are bounded by ``EVIDENCE_MAX_BYTES`` and ``EVIDENCE_MAX_FILES``. The file is looked through
    before the transaction, so that a large one keeps nobody waiting.
    """
    kind, sha256 = _kind_of(upload), uploads.sha256(upload)
    return _attach(answer, upload, kind, sha256, by=by)


@transaction.atomic
def _attach(answer: Answer, upload: File, kind: uploads.Kind, sha256: str, *, by) -> Evidence:
    checklist, by = own_open_checklist(answer.checklist_id, by=by)
    _refuse_surplus(answer, upload, sha256)
    evidence = Evidence(
        answer=answer,
        token=uuid.uuid4(),
        name=uploads.display_name(upload),
        kind=kind.name,
        size=uploads.size_of(upload),
        sha256=sha256,
        added_at=clock.now(),
        added_by=by,
    )
    _store(evidence, upload)
    record("criteria.attach", evidence, by=by, unit=checklist.unit, changes={"sha256": sha256})
    return evidence


def _kind_of(upload: File) -> uploads.Kind:
    try:
        return uploads.check_upload(upload, max_bytes=settings.EVIDENCE_MAX_BYTES)
    except uploads.UploadError as refusal:
        raise RuleViolation(*refusal.args) from refusal


def _refuse_surplus(answer: Answer, upload: File, sha256: str) -> None:
    attached = list(answer.evidence.attached())
    name = uploads.display_name(upload)
    for other in attached:
        if other.sha256 == sha256:
            raise RuleViolation(
                f"Tệp “{name}” đã được đính kèm cho tiêu chí này lúc "
                f"{clock.said(other.added_at)} với tên “{other.name}”; không cần gửi lại."
            )
    if len(attached) >= settings.EVIDENCE_MAX_FILES:
        raise RuleViolation(
            f"Tiêu chí này đã có {vn_number(len(attached))} tệp, tối đa "
            f"{vn_number(settings.EVIDENCE_MAX_FILES)}; hãy gỡ bớt hoặc gộp các tệp thành một PDF "
            f"rồi đính kèm “{name}”."
        )


def _store(evidence: Evidence, upload: File) -> None:
    """Row and file together: if the row cannot be kept, the file goes too."""
    evidence.file.save(evidence.name, File(upload, name=evidence.name), save=False)
    try:
        with transaction.atomic():
            evidence.save()
    except Exception:
        evidence.file.delete(save=False)
        raise


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by) -> Evidence:
    """Take a file out of the draft; row and bytes stay for the versions that name it."""
    checklist, by = own_open_checklist(evidence.answer.checklist_id, by=by)
    evidence = Evidence.objects.get(pk=evidence.pk)
    if evidence.removed_at is None:
        evidence.removed_at = clock.now()
        evidence.save(update_fields=["removed_at"])
        record("criteria.detach", evidence, by=by, unit=checklist.unit)
    return evidence


@transaction.atomic
def open_evidence(evidence: Evidence, *, by) -> Evidence:
    """Log that a person opened the file; call it before handing out the bytes."""
    unit = evidence.answer.checklist.unit
    record("criteria.read_evidence", evidence, by=by, unit=unit)
    return evidence
