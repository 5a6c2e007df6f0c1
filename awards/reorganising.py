"""What a reorganisation of units does to honours, to rounds of commendation and to dossiers."""

from awards.models import Honour, Nomination, Round
from awards.states import NominationState, RoundState
from config.text import vn_number
from units.reorganising.drawing import Drawing
from units.reorganising.effects import Effect, ended_units


def effects(drawing: Drawing) -> list[Effect]:
    """An honour stays with whom the decision names; a round with the unit that holds it, a dossier

    with the unit where it lies.
    """
    return [*_honours(drawing), *_rounds(drawing), *_nominations(drawing)]


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


def _nominations(drawing: Drawing) -> list[Effect]:
    """What is on its way goes on with the heir; what was begun and not sent can be sent by it."""
    over = (*NominationState.DEAD, *NominationState.HONOURED)
    found = Nomination.objects.filter(desk__in=ended_units(drawing)).exclude(state__in=over)
    number = found.count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} hồ sơ đề nghị khen thưởng đang lập hoặc đang chờ ở đơn vị kết thúc: "
        "đơn vị kế thừa trọn vẹn xử lý tiếp; nơi chia tách hoặc không có đơn vị kế thừa thì đơn vị "
        "tổ chức đợt xử lý hồ sơ đã trình. Hồ sơ chưa trình nên trình trước ngày đó."
    )
    return [Effect("Hồ sơ đề nghị khen thưởng", sentence, warns=True)]
