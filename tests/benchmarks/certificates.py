"""500 certificates in one PDF, beside the bare renderer on as many pages with the same codes."""

import json

import qrcode
import typst
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from reports.documents.awards import certificate
from reports.papers import certificates
from reports.papers.fonts import FONTS
from tests.benchmarks.measuring import Line, beside
from tests.reports.documents import award_contents as contents

PAGES = 500
LIMIT = 1.5
BARE = b"""
#let told = json(bytes(sys.inputs.told))
#set document(title: "Bare")
#set page(paper: "a4", flipped: true)
#set text(font: "Tinos", size: 14pt, lang: "vi")
#for page in told {
  for words in page.words { par(words) }
  image(bytes(page.qr), format: "svg", width: 28mm, alt: page.url)
  pagebreak(weak: true)
}
"""


def check_url(code: str) -> str:
    return f"https://thidua.example.vn/khen-thuong/kiem-tra/{code}/"


def decision() -> dict:
    """A decision on 500 people, each with a code of her own."""
    codes = (f"{place:022}" for place in range(1, PAGES + 1))
    return contents.decision(
        [
            contents.line(place, name=f"Nguyễn Thị Bưởi {place}", check_code=code)
            for place, code in enumerate(codes, start=1)
        ]
    )


def bare(pages) -> bytes:
    """The words of the pages one below the other, with the package's own drawing of the codes."""
    told = [
        {
            "words": [page.issuer, page.form, page.name, page.whereabouts, page.achievement]
            + [page.place_date, page.decision, page.post, page.signer],
            "qr": _drawn(page.check_url),
            "url": page.check_url,
        }
        for page in pages
    ]
    return typst.compile(
        BARE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )


def _drawn(url: str) -> str:
    mask = certificates.MASK
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=mask, border=4)
    code.add_data(url, optimize=0)
    return code.make_image(SvgPathImage).to_string(encoding="unicode")


def lines(*, runs: int) -> list[Line]:
    content = decision()
    pages = certificate.collect(content, check_url)

    def printed():
        return certificates.pdf(certificate.collect(content, check_url))

    measured = beside(printed, lambda: bare(pages), runs=runs)
    return [Line(f"{PAGES} certificates: pdf", *measured, "the bare renderer, same pages", LIMIT)]
