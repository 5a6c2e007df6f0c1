"""Small files that support the invented answers: real PDF and PNG, marked as specimens."""

import json
from functools import cache
from pathlib import Path

import typst
from django.core.files.base import ContentFile

from config.text import slug
from criteria.models import Criterion
from reports.demo.dice import dice
from reports.demo.texts import Words, shipped
from reports.papers.fonts import FONTS
from units.kinds import Kind

LAYOUT = Path(__file__).resolve().parent / "evidence.typ"
PHOTO_SHARE = 0.2
PHOTO_PPI = 50


def file_for(words: Words, criterion: Criterion) -> ContentFile:
    """A document of the unit for a criterion; of a commune now and then a photograph of it."""
    luck = dice("evidence", words.unit.code, words.year, criterion.number)
    titles = shipped()["evidence"][words.unit.tier]
    title = titles[(criterion.number - 1) % len(titles)]
    photo = words.unit.kind == Kind.COMMUNE and luck.random() < PHOTO_SHARE
    told = {
        "unit": words.unit.name,
        "title": shipped()["evidence"]["photo"] if photo else title,
        "subject": f"Năm {words.year} – tiêu chí {criterion.clause}",
        "lines": [criterion.statement, words.answer("met", criterion.number)],
    }
    name = f"{slug(told['title'])}-{words.year}.{'png' if photo else 'pdf'}"
    return ContentFile(_compiled(told, photo=photo), name=name)


def specimen(unit: str, title: str, subject: str) -> ContentFile:
    """A document of a unit without content of its own: a paper of a dossier."""
    told = {"unit": unit, "title": title, "subject": subject, "lines": ["Văn bản giả lập."]}
    return ContentFile(_compiled(told, photo=False), name=f"{slug(title)[:60]}.pdf")


@cache
def _compiler() -> typst.Compiler:
    """One for all files: it reads the typefaces once."""
    return typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)


def _compiled(told: dict, *, photo: bool) -> bytes:
    return _compiler().compile(
        LAYOUT.read_bytes(),
        format="png" if photo else "pdf",
        sys_inputs={"words": json.dumps(told, ensure_ascii=False)},
        **({"ppi": PHOTO_PPI} if photo else {}),
    )
