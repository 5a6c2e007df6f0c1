"""Who issues a summary: bodies and their names from the register, at the date of the summary.

The interim and the final review are papers of the province's people's committee, drafted by the
unit that holds the duty (IV.3, IV.4). The yearly one goes from the holder of the receiving duty
to the committee's chairman (V.4).
"""

from campaign.models import Period
from config.text import fold
from units.kinds import Kind

COMMITTEE = "Ủy ban nhân dân"


def issuer(period, lead) -> dict:
    """Body, body above, place, symbol, addressees, drafter and the signature's fixed words."""
    province = province_of(lead) if lead else None
    province = province or period.campaign.province
    committee = f"{COMMITTEE} {running(province.name)}"
    words = {
        "committee": committee,
        "province": running(province.name),
        "place": province.short_name,
        "drafter": lead.name if lead else "",
        "drafter_symbol": symbol_of(lead) if lead else "",
    }
    if period.kind == Period.Kind.YEARLY and lead is not None:
        return {**words, **_of_department(lead, committee)}
    return {
        **words,
        "body": committee,
        "superior": "",
        "symbol": "BC-UBND",
        "addressees": [],
        "authority": f"TM. {COMMITTEE}",
        "post": "Chủ tịch",
    }


def _of_department(lead, committee) -> dict:
    above = lead.parent
    superior = committee if above is None or above.kind == Kind.PROVINCE else above.name
    return {
        "body": lead.name,
        "superior": superior,
        "symbol": f"BC-{symbol_of(lead)}",
        "addressees": [f"Chủ tịch {committee}"],
        "authority": "",
        "post": "Thủ trưởng đơn vị",
    }


def province_of(unit):
    """The province the unit belongs to, or None."""
    while unit is not None and unit.kind != Kind.PROVINCE:
        unit = unit.parent
    return unit


def running(name: str) -> str:
    """A name of a territory as in running text: “tỉnh Vĩnh Phúc”."""
    return name[:1].lower() + name[1:]


def symbol_of(unit) -> str:
    """The unit's abbreviation as papers write it: its code with the Đ that codes lack."""
    return abbreviation(unit.name, unit.code)


def abbreviation(name: str, code: str) -> str:
    """The same from name and code alone."""
    initials = [word[0] for word in name.replace("-", " ").split()]
    written = ""
    for letter in code:
        while initials and fold(initials[0]) != letter.casefold():
            initials.pop(0)
        written += initials.pop(0).upper() if initials else letter
    return written
