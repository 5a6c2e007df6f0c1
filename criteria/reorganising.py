"""What a reorganisation of units does to checklists, blocks and rankings."""

from config.dated import holds_on
from config.text import vn_date, vn_number
from criteria.models import BlockMember, Checklist, Ranking
from criteria.states import RankingState
from units.reorganising.drawing import Drawing
from units.reorganising.effects import Effect, ended_units


def effects(drawing: Drawing) -> list[Effect]:
    """Counts of rows of units that end; nothing is moved by itself."""
    units = ended_units(drawing)
    return [*_checklists(units), *_members(units, drawing.day), *_rankings(units, drawing.day)]


def _checklists(units) -> list[Effect]:
    number = Checklist.objects.filter(unit__in=units).count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} bảng giữ nguyên ở đơn vị cũ cùng báo cáo; đơn vị mới lập bảng của "
        "mình khi lập báo cáo."
    )
    return [Effect("Bảng tự đánh giá, điểm", sentence)]


def _members(units, day) -> list[Effect]:
    """Blocks are decided by the board, with reasons a reorganisation does not know."""
    members = BlockMember.objects.filter(holds_on(day), unit__in=units).select_related("block")
    blocks = sorted({member.block.name for member in members})
    if not blocks:
        return []
    sentence = (
        f"{vn_number(len(members))} đơn vị kết thúc đang thuộc {', '.join(blocks)}. Đơn vị mới "
        f"chưa thuộc cụm, khối nào; Ban TĐKT cần xếp cụm, khối cho đơn vị mới từ {vn_date(day)}."
    )
    return [Effect("Cụm, khối thi đua", sentence, warns=True)]


def _rankings(units, day) -> list[Effect]:
    """Those published stay; a draft of a year that ends after the day holds units no more there."""
    held = Ranking.objects.filter(rows__unit__in=units).distinct()
    drafts = held.filter(state=RankingState.DRAFT, period__reference_date__gte=day).count()
    published = held.filter(state=RankingState.PUBLISHED).count()
    found = []
    if drafts:
        sentence = (
            f"{vn_number(drafts)} bảng dự thảo có đơn vị không còn vào ngày xác định đơn vị của "
            "kỳ; Ban TĐKT cần tính lại."
        )
        found.append(Effect("Xếp hạng", sentence, warns=True))
    if published:
        sentence = f"{vn_number(published)} bảng đã công bố giữ nguyên, đứng tên đơn vị cũ."
        found.append(Effect("Xếp hạng", sentence))
    return found
