"""What a reorganisation of units does to honours."""

from awards.models import Honour
from config.text import vn_number
from units.reorganising.drawing import Drawing
from units.reorganising.effects import Effect, ended_units


def effects(drawing: Drawing) -> list[Effect]:
    """An honour stays with whom the decision names."""
    number = Honour.objects.filter(unit__in=ended_units(drawing)).count()
    if not number:
        return []
    sentence = f"{vn_number(number)} khen thưởng đã ghi giữ nguyên ở đơn vị được khen khi đó."
    return [Effect("Khen thưởng", sentence)]
