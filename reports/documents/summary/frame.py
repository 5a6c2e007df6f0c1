"""The frame of the paper: who issues it, what it is called, its parts in order, who signs."""

from dataclasses import dataclass
from datetime import date

from reports.documents.summary import annexes, honours, progress, results, words
from reports.documents.summary.reading import day, day_said, joined, span
from reports.papers.content import day as day_in_words
from reports.papers.model import Heading, Paper, Paragraph, Signature

KINDS_OF_PAPER = {"yearly": "Kết quả thực hiện", "interim": "Sơ kết", "final": "Tổng kết"}


@dataclass(frozen=True)
class Signing:
    """What is entered when the paper is issued; until then it is a draft.

    ``snapshot`` is the hash of the frozen figures, empty for a live look at them.
    """

    number: str = ""
    signed_on: date | None = None
    signer: str = ""
    signer_post: str = ""
    snapshot: str = ""

    @property
    def issued(self) -> bool:
        return bool(self.snapshot and self.number and self.signed_on and self.signer)


def collect(snapshot: dict, signing: Signing) -> Paper:
    """The paper of a snapshot; nothing in it comes from elsewhere."""
    issuer = snapshot["issuer"]
    return Paper(
        body=issuer["body"],
        superior_body=issuer["superior"],
        symbol=issuer["symbol"],
        place=issuer["place"],
        kind="Báo cáo",
        title=title(snapshot),
        number=signing.number,
        date=signing.signed_on,
        addressees=tuple(issuer["addressees"]),
        blocks=tuple(_blocks(snapshot)),
        signature=_signature(issuer, signing),
        recipients=tuple(_recipients(snapshot)),
        annexes=tuple(annexes.annexes(snapshot)),
        draft=not signing.issued,
        snapshot=signing.snapshot,
    )


def title(snapshot) -> str:
    """“Sơ kết Phong trào thi đua …, 2021-2023”."""
    period, campaign = snapshot["period"], snapshot["campaign"]["title"]
    opening = f"{KINDS_OF_PAPER[period['kind']]} {campaign}"
    if period["kind"] == "final":
        return opening
    until = "năm" if period["kind"] == "yearly" else "từ đầu giai đoạn đến hết năm"
    return f"{opening}\n({until} {period['year']})"


def _blocks(snapshot):
    yield Paragraph(_opening(snapshot))
    yield Heading(1, "I. TÌNH HÌNH CHUNG")
    yield from words.situation(snapshot)
    yield Heading(1, "II. KẾT QUẢ THỰC HIỆN")
    yield from results.results(snapshot)
    yield Heading(1, "III. TIẾN ĐỘ BÁO CÁO CỦA CÁC ĐƠN VỊ")
    yield from progress.progress(snapshot)
    yield Heading(1, "IV. THI ĐUA, XẾP HẠNG, KHEN THƯỞNG")
    yield from honours.honours(snapshot)
    yield Heading(1, "V. CÁCH LÀM, KẾT QUẢ TIÊU BIỂU QUA BÁO CÁO CỦA ĐƠN VỊ")
    yield from words.voices(snapshot)
    yield Heading(1, "VI. HẠN CHẾ, NGUYÊN NHÂN")
    yield from words.text(snapshot["texts"]["shortcomings"])
    yield Heading(1, "VII. PHƯƠNG HƯỚNG, KIẾN NGHỊ")
    yield from words.text(snapshot["texts"]["directions"])
    yield Paragraph(_closing(snapshot))


def _opening(snapshot) -> str:
    """The ground of the report: the plan, its number, date and clause."""
    campaign, issuer, period = snapshot["campaign"], snapshot["issuer"], snapshot["period"]
    plan = (
        f"Kế hoạch số {campaign['plan_number']} {day_in_words(day(campaign['plan_date']))}"
        f"{' của ' + campaign['issuer'] if campaign['issuer'] else ''}"
    )
    basis = campaign["basis"].rstrip(" .;")
    named = issuer["body"]
    said = f"{KINDS_OF_PAPER[period['kind']].lower()} phong trào {span(snapshot)}"
    if period["kind"] == "yearly":
        said = f"kết quả thực hiện phong trào {span(snapshot)}"
    return f"Thực hiện {basis} và {plan} (mục {period['clause']}), {named} báo cáo {said} như sau:"


def _closing(snapshot) -> str:
    body = snapshot["issuer"]["body"]
    return (
        f"Trên đây là báo cáo {span(snapshot)} về phong trào thi đua, {body} trân trọng báo cáo./."
    )


def _signature(issuer, signing) -> Signature:
    """TM. for a committee; KT. where a deputy signs for the head."""
    post = signing.signer_post or issuer["post"]
    authority = [issuer["authority"]] if issuer["authority"] else []
    if post.lower().startswith("phó "):
        authority.append(f"KT. {post[4:]}")
    return Signature(post=post, name=signing.signer, authority="\n".join(authority))


def _recipients(snapshot) -> list[str]:
    issuer, duties = snapshot["issuer"], snapshot["duties"]
    committee = issuer["committee"]
    found = ["Như trên"] if issuer["addressees"] else [f"Chủ tịch, các Phó Chủ tịch {committee}"]
    found += [name for name in duties.values() if name != issuer["body"]]
    tiers = {tier["tier"] for row in snapshot["completeness"] for tier in row["tiers"]}
    if "department" in tiers:
        found.append(f"Các sở, ban, ngành, đoàn thể {issuer['province']}")
    if "district" in tiers:
        found.append("UBND các huyện, thành phố")
    archive = issuer["drafter_symbol"]
    found.append(f"Lưu: VT, {archive}" if archive else "Lưu: VT")
    return list(dict.fromkeys(found))


def composed(snapshot) -> str:
    """When and by whom the figures were drawn together, for the workbook."""
    parts = [f"ngày {day_said(snapshot['composed_at'])}", snapshot["issuer"]["drafter"]]
    return joined(part for part in parts if part)
