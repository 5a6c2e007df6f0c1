"""What a reorganisation of units does to honours and to rounds of commendation."""

from awards.models import Honour, Round
from awards.states import RoundState
from config.text import vn_number
from units.reorganising.drawing import Drawing
from units.reorganising.effects import Effect, ended_units


def effects(drawing: Drawing) -> list[Effect]:
    """An honour stays with whom the decision names; a round with the unit that holds it."""
    return [*_honours(drawing), *_rounds(drawing)]


def _honours(drawing: Drawing) -> list[Effect]:
    number = Honour.objects.filter(unit__in=ended_units(drawing)).count()
    if not number:
        return []
    sentence = f"{vn_number(number)} khen thưởng đã ghi giữ nguyên ở đơn vị được khen khi đó."
    return [Effect("Khen thưởng", sentence)]


def _rounds(drawing: Drawing) -> list[Effect]:
    """Nobody moves a round any more once its unit has ended."""
    found = Round.objects.filter(unit__in=ended_units(drawing)).exclude(state=RoundState.CLOSED)
    number = found.count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} đợt khen thưởng chưa đóng của đơn vị kết thúc: sau ngày sắp xếp "
        "không ai đóng được; hãy đóng, hoặc xóa bản đang soạn, trước ngày đó."
    )
    return [Effect("Đợt khen thưởng", sentence, warns=True)]
