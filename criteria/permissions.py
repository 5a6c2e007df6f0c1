"""Who: each predicate returns a reason in Vietnamese, or None when nothing is in the way.

Rights follow from the appointments in force today. Actions ask with a user read anew
(``criteria.actions.acting``), pages with the user of the request.
"""

from campaign.queries import unit_above
from criteria.states import Side
from units.kinds import Role
from units.permissions import works_in


def works_in_unit(user, checklist, now=None):
    """The reporters and leaders of a unit answer for it."""
    return works_in(user, checklist.unit)


def is_board(user, obj=None, now=None):
    """Points of the board, rankings and the scale of points are the board's business."""
    if Role.BOARD in user.role_names():
        return None
    return "Chỉ Ban Thi đua - Khen thưởng mới làm được việc này."


def is_impartial(user, checklist, now=None):
    """Nobody scores the unit whose report they write or sign, nor the unit above their own."""
    for unit in user.units_as(*Role.OF_UNIT):
        if unit == checklist.unit:
            return f"Bạn làm việc tại {unit} nên không chấm điểm cho chính đơn vị này."
        if unit.parent_id == checklist.unit_id:
            return f"Bạn làm việc tại {unit} nên không chấm điểm cho cấp trên của đơn vị."
    return None


def works_above(user, checklist, now=None):
    """The unit that receives the report scores as "cấp trên"."""
    above = unit_above(checklist.unit)
    if above is None:
        return f"{checklist.unit} không có cấp trên ở giữa; Ban TĐKT chấm trực tiếp."
    if user.works_for(above):
        return None
    return f"Chỉ người lập báo cáo hoặc lãnh đạo của {above} mới chấm điểm ở cột cấp trên."


SCORERS = {
    Side.SELF: (works_in_unit,),
    Side.ABOVE: (works_above, is_impartial),
    Side.BOARD: (is_board, is_impartial),
}
"""Who fills which column of points."""


def scores_as(user, checklist, side):
    """Whether the person may fill this column for this unit; the state is another question."""
    return next((no for may in SCORERS[Side(side)] if (no := may(user, checklist))), None)
