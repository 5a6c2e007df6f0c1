"""Checks of who the candidate is and who decides: units that ended, offices, priorities, quotas."""

from collections.abc import Iterator

from awards.eligibility.facts import Facts
from awards.eligibility.finding import Finding
from awards.history import HOW
from awards.kinds import Check, Recipient, Severity
from awards.models.law import UNKNOWN
from config.dated import covers
from config.text import vn_date, vn_number
from units.models import Succession

Way = Succession.Way


def goes_first(recipient: str, woman: bool, women_share: int | None, share: int | None) -> bool:
    """Whether a tie is decided for the candidate: a woman, or a collective mostly of women."""
    if recipient == Recipient.PERSON:
        return woman
    return share is not None and women_share is not None and women_share >= share


def women_first(facts: Facts) -> Iterator[Finding]:
    """Of equal achievements women go first, and collectives with that share of women."""
    share = facts.law.clause_of(Check.WOMEN).number
    if Check.WOMEN not in (facts.law.clauses or {}):
        return
    if goes_first(facts.recipient, facts.woman, facts.women_share, share):
        whose = "cá nhân nữ" if facts.woman else f"tập thể có {facts.women_share}% nữ"
        yield Finding(
            Check.WOMEN, Severity.INFO, f"Được ưu tiên khi thành tích ngang nhau: {whose}."
        )


def _ended(facts: Facts) -> bool:
    return bool(facts.unit_ends and facts.unit_ends <= facts.decision_day)


def _dissolved(facts: Facts) -> bool:
    """Whether the unit ended without going on in another."""
    return _ended(facts) and all(heir.way == Way.DISSOLVE or not heir.name for heir in facts.heirs)


def dissolved(facts: Facts) -> Iterator[Finding]:
    """A collective that no longer exists is not honoured, by decisions from the law's day on."""
    starts = facts.law.clause_of(Check.DISSOLVED).applies_from
    if facts.recipient not in Recipient.OPEN or not _dissolved(facts):
        return
    known = starts is not None and starts <= facts.decision_day
    yield Finding(
        Check.DISSOLVED,
        Severity.BLOCK if known else Severity.INFO,
        f"{facts.unit_name} kết thúc hoạt động từ {vn_date(facts.unit_ends)}"
        + (f"; quyết định từ {vn_date(starts)} không khen tập thể đã giải thể." if known else "."),
        mend="Đề nghị cá nhân, hoặc tập thể kế thừa; muốn vẫn xét, người thẩm định ghi lý do."
        if known
        else "",
    )


def went_over(facts: Facts) -> Iterator[Finding]:
    """A unit that was merged, split or renamed meanwhile: who carries it on."""
    if not _ended(facts):
        return
    for heir in facts.heirs:
        if heir.name:
            yield Finding(
                Check.HEIRS,
                Severity.INFO,
                f"{facts.unit_name} {HOW[Way(heir.way)]} {heir.name} từ {vn_date(heir.date)}.",
                clause=heir.basis,
            )


def decider_known(facts: Facts) -> Iterator[Finding]:
    """Whether the portal knows who decides the form, and on that day."""
    deciders = facts.law.deciders
    if not deciders:
        yield Finding(
            Check.AUTHORITY,
            Severity.INFO,
            f"Thẩm quyền quyết định {facts.form}: {UNKNOWN}.",
        )
        return
    if not any(covers(each.starts, each.ends, facts.decision_day) for each in deciders):
        yield Finding(
            Check.AUTHORITY,
            Severity.WARN,
            f"Không rõ ai có thẩm quyền quyết định {facts.form} ngày "
            f"{vn_date(facts.decision_day)}: thẩm quyền đã biết không còn.",
            mend="Đối chiếu quy định hiện hành trước khi trình quyết định.",
        )


def form_is_for(facts: Facts) -> Iterator[Finding]:
    """Whether the form is given to this kind of recipient, where the law names the kinds."""
    deciders = facts.law.deciders
    named = {kind for each in deciders for kind in each.recipients}
    whom = Recipient(facts.recipient).label
    if deciders and not named:
        yield Finding(
            Check.AUTHORITY,
            Severity.INFO,
            f"{facts.form} được tặng cho đối tượng nào: {UNKNOWN}; hồ sơ đề nghị cho {whom}.",
        )
    elif named and facts.recipient not in named:
        yield Finding(
            Check.AUTHORITY,
            Severity.HOLD,
            f"{facts.form}: quy định không nêu đối tượng {whom}.",
            clause=next((each.clause for each in deciders if each.clause), ""),
            mend="Chọn hình thức khác, hoặc ghi căn cứ vì sao vẫn xét.",
        )


def within_quota(facts: Facts) -> Iterator[Finding]:
    """More than the number advised is told, never refused."""
    if facts.quota and facts.offered > facts.quota:
        yield Finding(
            Check.QUOTA,
            Severity.INFO,
            f"{facts.form}: đã có {vn_number(facts.offered)} hồ sơ, chỉ tiêu của đợt là "
            f"{vn_number(facts.quota)}.",
        )


def share_of_direct(facts: Facts) -> Iterator[Finding]:
    """An indicator of the round: how many are direct workers or small collectives."""
    direct, all_of_them = facts.direct_in_round
    if all_of_them and Check.DIRECT in (facts.law.clauses or {}):
        whose = "Hồ sơ này thuộc diện đó." if facts.direct else "Hồ sơ này không thuộc diện đó."
        yield Finding(
            Check.DIRECT,
            Severity.INFO,
            f"Người trực tiếp lao động, công tác và tập thể nhỏ: {vn_number(direct)} trên "
            f"{vn_number(all_of_them)} hồ sơ của đợt. {whose}",
        )
