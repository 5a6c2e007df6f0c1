"""Rankings: computed as a draft at will, corrected by the board with a reason, published once."""

from django.db import connection, transaction

from config import clock
from config.text import clean_text
from config.workflow import RuleViolation, refuse
from criteria import permissions
from criteria.actions.acting import locked_ranking
from criteria.models import Checklist, Ranking, RankingRow
from criteria.queries.standings import accepted_answers, board_scored, standings_sql
from criteria.rules import REASON_LIMIT
from criteria.states import RankingState
from criteria.steps import RANKING_STEPS
from units.actions import record
from units.actions.checking import anew

INSERT = """
INSERT INTO criteria_rankingrow
    (ranking_id, unit_id, points, met, partly, on_time, place, tied, decided_place, reason)
SELECT %s, unit_pk, points, met, partly, on_time, place, tied, NULL, ''
FROM ({standings}) AS standings
"""


@transaction.atomic
def compute_ranking(period, tier: str, block=None, *, by) -> Ranking:
    """Compute the draft of a tier or block anew, in one statement over all its units.

    Decisions of the board stay where the computed place is the same as when it decided; the
    others are dropped, and the log names them. Refused once published.
    """
    by = anew(by)
    refuse(permissions.is_board(by), _wrong_block(period, tier, block))
    now = clock.now()
    ranking, _ = Ranking.objects.get_or_create(
        period=period, tier=tier, block=block, defaults={"computed_at": now}
    )
    ranking = locked_ranking(ranking.pk)
    if ranking.state != RankingState.DRAFT:
        raise RuleViolation(f"Bảng xếp hạng đã công bố lúc {clock.said(ranking.published_at)}.")
    decided = list(ranking.rows.filter(decided_place__isnull=False).select_related("unit"))
    _replace_rows(ranking)
    ranking.scored, ranking.computed_at = board_scored(period, tier, block), now
    ranking.save(update_fields=["scored", "computed_at"])
    dropped = _decide_again(ranking, decided)
    changes = {"dropped": dropped} if dropped else {}
    record("criteria.compute_ranking", ranking, by=by, changes=changes, at=now)
    return ranking


def _wrong_block(period, tier, block) -> str | None:
    if block is None or (block.tier == tier and block.campaign_id == period.campaign_id):
        return None
    return f"{block} không phải là cụm, khối của nhóm đơn vị này trong phong trào."


def _replace_rows(ranking: Ranking) -> None:
    ranking.rows.all().delete()
    sql, params = standings_sql(ranking.period, ranking.tier, ranking.block)
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(standings=sql), (ranking.pk, *params))


def _decide_again(ranking: Ranking, decided: list[RankingRow]) -> list[str]:
    """Put decisions back that still rest on the same computed place; the others by name."""
    rows = {row.unit_id: row for row in ranking.rows.filter(unit__in=[d.unit_id for d in decided])}
    kept, dropped = [], []
    for decision in decided:
        row = rows.get(decision.unit_id)
        if row is None or row.place != decision.place:
            dropped.append(f"{decision.unit}: hạng {decision.decided_place} – {decision.reason}")
            continue
        row.decided_place, row.reason = decision.decided_place, decision.reason
        kept.append(row)
    RankingRow.objects.bulk_update(kept, ["decided_place", "reason"])
    return dropped


@transaction.atomic
def decide_place(row: RankingRow, place: int | None, *, by, reason: str) -> RankingRow:
    """Set the board's own place beside the computed one, with its reason; None takes it back."""
    by, ranking, reason = anew(by), locked_ranking(row.ranking_id), clean_text(reason)
    refuse(permissions.is_board(by), _published(ranking))
    row = ranking.rows.select_related("unit").get(pk=row.pk)
    refuse(*_faults_of_decision(ranking, row, place, reason))
    before, row.decided_place = row.final_place, place
    row.reason = reason if place is not None else ""
    row.save(update_fields=["decided_place", "reason"])
    record(
        "criteria.decide_place",
        ranking,
        by=by,
        unit=row.unit,
        changes={"place": [before, row.final_place]},
        reason=reason,
    )
    return row


def _published(ranking: Ranking) -> str | None:
    if ranking.state == RankingState.DRAFT:
        return None
    return f"Bảng xếp hạng đã công bố lúc {clock.said(ranking.published_at)} nên không sửa được."


def _faults_of_decision(ranking, row, place, reason) -> list[str | None]:
    last = ranking.rows.count()
    return [
        None if reason else "Cần ghi lý do khi quyết định hạng khác hạng đã tính.",
        None if len(reason) <= REASON_LIMIT else "Lý do quá dài; hãy rút gọn.",
        None
        if place is None or 1 <= place <= last
        else f"Hạng phải từ 1 đến {last}, là số đơn vị trong bảng.",
        f"{row.unit} đã được tính hạng {place}; không cần quyết định lại."
        if place == row.place
        else None,
    ]


@transaction.atomic
def publish_ranking(ranking: Ranking, *, by, override: str = "") -> Ranking:
    """Publish a draft and freeze it: its rows and the points under them change no more.

    Refused while a unit is accepted but not fully scored, unless ``override`` says why it is
    published all the same; the reason is kept with the ranking. The checklists are locked first,
    so that points being given at this moment are either in or refused.
    """
    by, now, override = anew(by), clock.now(), clean_text(override)
    ranking = locked_ranking(ranking.pk)
    answers = accepted_answers(ranking.period, ranking.tier, ranking.block)
    list(
        Checklist.objects.select_for_update(of=("self",))
        .filter(pk__in=answers.order_by().values("checklist"))
        .order_by("pk")
        .values_list("pk")
    )
    step = RANKING_STEPS["publish_incomplete" if override else "publish"]
    refuse(*step.obstacles(ranking, by=by, note=override, now=now))
    ranking.state, ranking.note = step.target, override
    ranking.published_at, ranking.published_by = now, by
    ranking.save(update_fields=["state", "note", "published_at", "published_by"])
    record("criteria.publish_ranking", ranking, by=by, reason=ranking.note, at=now)
    return ranking
