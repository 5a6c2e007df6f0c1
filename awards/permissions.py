"""Who keeps the ledger of honours, the law and the rounds: each returns a reason, or None."""

from awards.models import Honour
from awards.states import NominationState
from config import clock
from units.kinds import Kind, Role

KEEPERS = {Role.BOARD, Role.ADMINISTRATOR}
HOLDERS = (Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE)
"""The kinds of unit that hold rounds of commendation."""


def keeps_honours(user) -> str | None:
    """The board keeps the ledger; administrators help with files in the admin."""
    if user.role_names() & KEEPERS:
        return None
    return "Chỉ Ban Thi đua - Khen thưởng được ghi khen thưởng đã có."


def may_honour(user, recipient: str) -> str | None:
    """Persons and households by name are not the administrators' concern."""
    if refusal := keeps_honours(user):
        return refusal
    if recipient in Honour.Recipient.OPEN or Role.BOARD in user.role_names():
        return None
    return "Khen thưởng cá nhân, hộ gia đình: chỉ Ban Thi đua - Khen thưởng được ghi."


def keeps_law(user) -> str | None:
    """The board keeps the rule sets, the administrator helps; everybody reads them."""
    if user.role_names() & KEEPERS:
        return None
    return "Chỉ Ban Thi đua - Khen thưởng và quản trị hệ thống được sửa quy định khen thưởng."


def holds_rounds(user, unit) -> str | None:
    """The board holds the province's rounds, a leader those of the own unit."""
    if unit.kind == Kind.PROVINCE:
        if Role.BOARD in user.role_names():
            return None
        return "Chỉ Ban Thi đua - Khen thưởng được lập, sửa, mở, đóng đợt khen thưởng của tỉnh."
    if unit.kind not in HOLDERS:
        return (
            f"{unit} không tổ chức đợt khen thưởng; chỉ tỉnh, sở, ban, ngành, đoàn thể, huyện, xã "
            "tổ chức."
        )
    if unit in user.units_as(Role.LEADER):
        return None
    return f"Chỉ lãnh đạo của {unit} được lập, sửa, mở, đóng đợt khen thưởng của đơn vị."


def keeps_round(user, round, now=None) -> str | None:
    """Whoever holds the rounds of the unit keeps this one.

    What a unit that has ended left behind is for who took it over whole, and for the board.
    """
    refusal = holds_rounds(user, round.unit)
    if refusal is None or round.unit.exists_on(clock.today()):
        return refusal
    return None if Role.BOARD in user.role_names() or leads(user, round.unit) else refusal


# Nominations: each (user, nomination, now)


def writes_nomination(user, nomination, now=None) -> str | None:
    """The reporters and leaders of the proposing unit write its dossiers, those of its heir too."""
    return proposes_for(user, nomination.proposer)


def proposes_for(user, unit) -> str | None:
    """Who may begin a dossier in the name of a unit."""
    if user.works_for(unit):
        return None
    return f"Chỉ người lập báo cáo hoặc lãnh đạo của {unit} mới lập, sửa được hồ sơ này."


def leads_proposer(user, nomination, now=None) -> str | None:
    """Only the leader of the proposing unit submits and takes back."""
    if leads(user, nomination.proposer):
        return None
    return f"Chỉ lãnh đạo của {nomination.proposer} mới trình, rút được hồ sơ này."


def leads(user, unit) -> bool:
    """Whether the user leads the unit, or one that took it over whole."""
    led = user.units_as(Role.LEADER)
    return unit in led or bool(led) and unit in user.taken_over()


def at_desk(user, nomination, now=None) -> str | None:
    """Whose turn it is: the leader of the unit where the dossier lies; the board in the province.

    What was left at a unit that ended without an heir is for those who keep the round.
    """
    desk = nomination.desk
    of_province = desk.kind == Kind.PROVINCE
    if Role.BOARD in user.role_names() if of_province else leads(user, desk):
        return None
    if desk.valid_to and keeps_round(user, nomination.round) is None:
        return None
    return f"Hồ sơ đang ở {desk}; chỉ lãnh đạo của đơn vị đó mới xử lý được."


def desk_of_others(user, nomination, now=None) -> str | None:
    """The same, but nobody endorses or appraises what the own unit proposed, unless it decides

    itself.
    """
    if refusal := at_desk(user, nomination):
        return refusal
    if _own(user, nomination):
        return (
            f"Hồ sơ do {nomination.proposer} đề nghị, nơi bạn làm việc, nên bạn không tự thẩm "
            "định; hãy nhờ người khác."
        )
    return None


def looks_into(user, nomination, now=None) -> str | None:
    """Who holds a dossier, asks opinions: whose turn it is, from then on who keeps its round."""
    if nomination.state not in NominationState.ON_THE_WAY:
        return f"Hồ sơ ở trạng thái “{nomination.get_state_display()}” nên không thẩm định."
    refusal = desk_of_others(user, nomination)
    if refusal and keeps_its_round(user, nomination) is None and not _own(user, nomination):
        return None
    return refusal


def decides_on_findings(user, nomination, now=None) -> str | None:
    """Findings are set aside at the end of the way, by whoever appraises there."""
    if nomination.desk_id != nomination.round.unit_id:
        return f"Điểm kiểm tra do {nomination.round.unit} quyết định khi hồ sơ tới đó."
    return looks_into(user, nomination)


def _own(user, nomination) -> bool:
    """Whether it is the own unit's proposal, which it does not decide itself."""
    own = user.works_for(nomination.proposer)
    return own and nomination.proposer_id != nomination.round.unit_id


def keeps_its_round(user, nomination, now=None) -> str | None:
    """Whoever keeps the round moves the dossiers from the appraisal on."""
    return keeps_round(user, nomination.round)


# Flags


def obstacles_to_flagging(user, flag, day) -> list[str | None]:
    """Every unit points out whom it likes, in its own name, to a unit that lives and proposes."""
    ours = flag.from_unit in user.units_as(*Role.OF_UNIT)
    return [
        None if ours else f"Bạn không làm việc ở {flag.from_unit} nên không giới thiệu thay được.",
        "Đơn vị phụ trách: tỉnh không lập hồ sơ đề nghị; hãy chọn đơn vị trực tiếp quản lý."
        if flag.unit.kind == Kind.PROVINCE
        else None,
        None
        if flag.unit.exists_on(day)
        else f"Đơn vị phụ trách: {flag.unit} không còn hoạt động; hãy chọn đơn vị kế thừa.",
    ]


def answers_flag(user, flag) -> str | None:
    """The unit to which it was pointed out, or its heir."""
    if user.works_for(flag.unit):
        return None
    return f"Chỉ người của {flag.unit} mới trả lời được giới thiệu này."


# The council


def keeps_council(user, council) -> str | None:
    """The board keeps the province's council, a leader that of the own unit.

    The sessions of a unit that has ended are brought to their end like its rounds: by who took it
    over whole, and by the board.
    """
    unit = council.unit
    keeps = Role.BOARD in user.role_names()
    if unit.kind != Kind.PROVINCE:
        ended = not unit.exists_on(clock.today())
        keeps = (keeps or leads(user, unit)) if ended else unit in user.units_as(Role.LEADER)
    if keeps and unit.kind in HOLDERS:
        return None
    who = "Ban Thi đua - Khen thưởng" if unit.kind == Kind.PROVINCE else f"lãnh đạo của {unit}"
    return f"Chỉ {who} mới lập Hội đồng và chuẩn bị, ghi phiên họp."


def keeps_session(user, session, now=None) -> str | None:
    """Whoever keeps the council does a secretary's work in its sessions."""
    return keeps_council(user, session.council)


def confirms_paper(user, session, now=None) -> str | None:
    """A second person: another who keeps the council, or a member who was invited."""
    invited = any(seat.member.user_id == user.pk for seat in session.seats.all())
    if not invited and (refusal := keeps_session(user, session)):
        return refusal
    if user.pk == session.paper_by_id:
        return "Bạn là người nhập phiếu giấy; cần một người khác xác nhận."
    return None
