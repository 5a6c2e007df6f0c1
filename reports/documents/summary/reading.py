"""Reading a snapshot: decimals, dates and names out of plain JSON values."""

from datetime import date, datetime
from decimal import Decimal

from config.text import VIETNAM, vn_date, vn_number
from units.kinds import Tier

SHORT_TIERS = {
    Tier.DEPARTMENT: "Sở, ban, ngành, đoàn thể tỉnh",
    Tier.DISTRICT: "Huyện, thành phố",
    Tier.COMMUNE: "Xã, phường, thị trấn",
    Tier.VILLAGE: "Thôn, khu dân cư",
    Tier.ENTERPRISE: "Doanh nghiệp, tổ chức",
}


def tier_name(tier: str) -> str:
    return SHORT_TIERS.get(tier, Tier(tier).label)


def number(text) -> Decimal | None:
    """A decimal kept as text; None stays None."""
    return None if text is None else Decimal(text)


def figure(text):
    """A decimal as it stands in a cell: whole numbers as whole numbers."""
    value = number(text)
    if value is None or value != value.to_integral_value():
        return value
    return int(value)


def said(value, unit: str = "") -> str:
    """A figure within a sentence: “1.234,5 triệu đồng”, “0,61%”; a dash when there is none."""
    if value is None:
        return "–"
    gap = "" if unit in ("", "%") else " "
    return f"{vn_number(Decimal(value))}{gap}{unit}"


def day(text: str) -> date:
    """The day of ISO text, in Viet Nam where the text is an instant."""
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(VIETNAM).date()
    return date.fromisoformat(text)


def entered_day(text: str):
    """A date as it was typed in a table, 30/11/2023."""
    return datetime.strptime(text, "%d/%m/%Y").date()


def day_said(text: str) -> str:
    return vn_date(day(text))


def years_of(snapshot) -> list[int]:
    """The years whose reports the summary rests on."""
    return [covered["year"] for covered in snapshot["covered"]]


def span(snapshot) -> str:
    """The time the summary speaks of, within a sentence."""
    period = snapshot["period"]
    if period["kind"] == "yearly":
        return f"năm {period['year']}"
    return f"giai đoạn {period['starts'][:4]}-{period['year']}"


def heading_titles(snapshot) -> dict[str, str]:
    """Titles of the report's outline by the number that indicators name."""
    return {section["code"]: section["title"] for section in snapshot["sections"]}


def lower(text: str) -> str:
    """The words within a sentence: the first letter small."""
    return text[:1].lower() + text[1:]


def joined(names) -> str:
    return "; ".join(names)
