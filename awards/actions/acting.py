"""What every act on a dossier begins and ends with: the row locked, who may write it, the log."""

from awards import permissions
from awards.models import Nomination
from awards.states import NominationState
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew
from units.models import User

RELATED = ("offer__form", "offer__round__campaign", "proposer", "unit__parent", "person",
           "household")  # fmt: skip


def own_open_nomination(pk: int, *, by: User | None) -> tuple[Nomination, User | None]:
    """The dossier, locked, for someone who writes it while it lies with the proposer."""
    by = anew(by)
    rows = Nomination.objects.select_for_update(of=("self",)).select_related(*RELATED)
    nomination = rows.filter(pk=pk).first()
    if nomination is None:
        refuse("Hồ sơ không còn; có thể vừa có người xóa. Hãy tải lại danh sách.")
    refuse(by and permissions.writes_nomination(by, nomination))
    refuse(None if nomination.is_editable else closed_to_writing(nomination))
    return nomination, by


def closed_to_writing(nomination: Nomination) -> str:
    return (
        f"Hồ sơ ở trạng thái “{nomination.get_state_display()}” nên không sửa được; muốn sửa thì "
        "nhờ đơn vị đang giữ hồ sơ trả lại."
    )


def told_of(nomination: Nomination) -> str:
    """What the log may say of a dossier: administrators read it, so it names nobody."""
    return f"hồ sơ đề nghị số {nomination.pk}: {nomination.form}"


def note_change(nomination: Nomination, action: str, *, by, changes: dict) -> None:
    """Once a dossier was sent, each change is told, by the names of fields only."""
    if nomination.state != NominationState.DRAFT:
        told = {"unit": nomination.proposer, "label": told_of(nomination), "changes": changes}
        record(action, nomination, by=by, **told)
