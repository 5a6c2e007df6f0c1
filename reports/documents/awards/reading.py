"""Words that the papers of commendation share: bodies, people, counts, sums, days.

Everything is read from the frozen content of a submission or decision
(``awards.contents``). A sum that is not known is said to be unknown, never guessed.
"""

from datetime import date
from decimal import Decimal

from config.text import clean_line, fold, number_words, vn_number
from reports.documents import issuing
from reports.documents.issuing import COMMITTEE, running
from reports.papers.content import day as day_in_words
from reports.papers.model import Signature
from units.kinds import TERRITORIES

COMMITTEES = ("province", "district", "commune")
"""The kinds of unit whose papers are their people's committee's."""
PERSON, HOUSEHOLD = "person", "household"


# Who


def body(content) -> str:
    """The body whose paper it is, as in running text."""
    unit = content["unit"]
    if content["unit_kind"] in COMMITTEES:
        return f"{COMMITTEE} {running(unit)}"
    return unit


def superior(content) -> str:
    """The body above that stands over the name: of a department, the province's committee."""
    if content["unit_kind"] != "department" or not content["province"]:
        return ""
    return f"{COMMITTEE} {running(content['province'])}"


def abbreviation(content) -> str:
    """The issuing body in a paper's symbol: “UBND”, “SNV”; an enterprise's code is no name."""
    if content["unit_kind"] in COMMITTEES:
        return "UBND"
    if content["unit_kind"] != "department":
        return ""
    return issuing.abbreviation(content["unit"], content["abbreviation"])


def number_of(content, kind: str) -> tuple[str, str]:
    """Number and symbol apart: “12/QĐ-UBND” as entered, else a blank before ``kind``-body."""
    number, slash, symbol = content["number"].partition("/")
    if slash:
        return number.strip(), symbol.strip()
    return number.strip(), "-".join(part for part in (kind, abbreviation(content)) if part)


def numbered(content) -> str:
    """ "số 12/QĐ-UBND ngày 05 tháng 02 năm 2026"."""
    number = content["number"] or "…"
    return f"số {number} {day_in_words(day(content['date']))}"


def decider(content) -> str:
    """Who decides, with the name of the unit that the law's wording leaves out.

    “Chủ tịch Ủy ban nhân dân xã” of xã Đạo Trù is “Chủ tịch Ủy ban nhân dân xã Đạo Trù”.
    """
    told, unit, office = content["decider"], content["unit"], content["office"]
    if office == "department":
        return f"Giám đốc {unit}" if unit.startswith("Sở ") else f"Thủ trưởng {unit}"
    if office == "enterprise":
        return f"Người đứng đầu {unit}"
    whose = content["province"] if office == "province" else unit
    kind = running(whose).partition(" ")[0]
    if office in COMMITTEES and told.endswith(f" {kind}"):
        return f"{told.removesuffix(kind)}{running(whose)}"
    return told


def post(content) -> str:
    """The decider's post at the foot: “Chủ tịch”."""
    told = decider(content)
    for opening in (f" {COMMITTEE}", f" {content['unit']}"):
        told = told.partition(opening)[0]
    return told


def signature(content) -> Signature:
    """The decider signs what he decides himself: no authority stands above the post."""
    return Signature(post=post(content), name=content["signer"])


def submitter(content) -> Signature:
    """The head of the submitting body; a committee's head signs in its name."""
    if content["unit_kind"] in COMMITTEES:
        return Signature("Chủ tịch", authority=f"TM. {COMMITTEE}")
    return Signature("Giám đốc" if content["unit"].startswith("Sở ") else "Thủ trưởng đơn vị")


def addressee(content) -> str:
    """To whom it goes: the decider by full name, a territory as its committee."""
    told = content["addressee"]
    if told == content["decider"]:
        return decider(content)
    kind = running(told).partition(" ")[0]
    return f"{COMMITTEE} {running(told)}" if kind in TERRITORIES else told


def named(line) -> str:
    """“Ông Nguyễn Văn A”, “Hộ ông Trần Văn B”, “Thôn Đồng Tâm”."""
    name, title = clean_line(line["name"]), line["title"]
    if line["recipient"] == PERSON:
        return f"{title or 'Ông (bà)'} {name}"
    if line["recipient"] == HOUSEHOLD and not fold(name).startswith("ho "):
        return " ".join(part for part in ("Hộ", lowered(title), name) if part)
    return name


def whereabouts(line) -> str:
    """Post and address in one; what stands twice is said once."""
    place, address = clean_line(line["post"]), clean_line(line["address"])
    if address and fold(address) not in fold(f"{place} {line['name']}"):
        place = f"{place}, {address}" if place else address
    return place


# What


def lowered(text: str) -> str:
    """The first letter small, unless it opens an abbreviation or a quotation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def kinds_said(content, *, counted: bool) -> str:
    """“02 tập thể, 01 cá nhân” (numbers under ten with a nought), or the kinds alone."""
    counts: dict[str, int] = {}
    for line in content["lines"]:
        counts[line["recipient_label"]] = counts.get(line["recipient_label"], 0) + 1
    return ", ".join(f"{n:02} {kind}" if counted else kind for kind, n in counts.items())


def forms(content) -> list[str]:
    """The forms of the lines, in their order of appearance."""
    return list(dict.fromkeys(line["form"] for line in content["lines"])) or _told(content["form"])


def _told(form) -> list[str]:
    return [form] if isinstance(form, str) else list(form)


def common(content, name: str) -> str:
    """What all lines say alike, or nothing."""
    told = {line[name] for line in content["lines"]}
    return told.pop() if len(told) == 1 else ""


def merit(content) -> str:
    """The achievement in running words, where all lines share it."""
    told = clean_line(common(content, "achievement")).rstrip(".;, ")
    if not told:
        return "có thành tích ghi trong danh sách kèm theo"
    return told_of(told)


def told_of(achievement: str) -> str:
    """An achievement after the name: “đã có thành tích xuất sắc …”."""
    words = clean_line(achievement).rstrip(".;, ")
    if fold(words).startswith("da "):
        return lowered(words)
    return f"đã {lowered(words)}" if fold(words).startswith("co ") else f"có thành tích: {words}"


def period_said(period: str) -> str:
    """“năm 2023”, “giai đoạn 2021–2023”; words that say more stand as they are."""
    if not period or not period[:1].isdigit():
        return period
    return f"năm {period}" if period.isdecimal() else f"giai đoạn {period}"


def revokes(content) -> bool:
    """Whether the content takes awards back: only then it gives a reason."""
    return bool(content["reason"])


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


# How much


def figure(text: str | None) -> Decimal | None:
    """“2.700.000,5” as a number."""
    return None if text is None else Decimal(text.replace(".", "").replace(",", "."))


def money(amount: int) -> str:
    return f"{vn_number(amount)} đồng"


def sum_said(amount: int) -> str:
    """“1.490.000 đồng (bằng chữ: Một triệu bốn trăm chín mươi nghìn đồng)”."""
    return f"{money(amount)} (bằng chữ: {raised(number_words(amount))} đồng)"


def unknown_sums(content) -> str:
    """Which lines have no sum and why, reason by reason; empty when all have one."""
    reasons: dict[str, list[str]] = {}
    for line in content["lines"]:
        if line["paid"] is None:
            why = line["problem"] or "chưa có căn cứ"
            reasons.setdefault(why, []).append(str(line["position"]))
    parts = [f"số thứ tự {', '.join(places)} ({lowered(why)})" for why, places in reasons.items()]
    return f"Chưa tính được tiền thưởng: {'; '.join(parts)}." if parts else ""


def total(content) -> int | None:
    """The sum of the known lines, None when no line has one."""
    return content["total"] if any(line["paid"] is not None for line in content["lines"]) else None
