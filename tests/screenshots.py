"""Every page of a running demonstration, at 1280 and 360 px, with its accessibility faults.

    make run            # in one terminal
    make screenshots    # in another; pictures in var/screenshots

Pages with ids are found as a person finds them: by the first link that matches.
"""

import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

BASE = os.environ.get("BASE", "http://127.0.0.1:8000")
OUT = Path(os.environ.get("OUT", "var/screenshots"))
PASSWORD = os.environ.get("DEMO_PASSWORD", "thi-dua-2023")
WIDTHS = (1280, 360)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN_AXE = """async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]});
  const where = (violation) => violation.nodes.slice(0, 3).map((node) => node.target).join(" | ");
  return found.violations.map((violation) => `${violation.id}: ${where(violation)}`);
}"""
SHOW_ALL = "document.querySelectorAll('img[loading]').forEach((one) => { one.loading = 'eager' })"
"""Pictures below the first screen are fetched when somebody comes near, which nobody does here."""

UNIT, DRAFT, IMPORT = r"/don-vi/\d+/", r"/don-vi/sap-xep/\d+/", r"/nhap-lieu/[0-9a-f-]{36}/"
NOMINATION, SESSION = r"/khen-thuong/de-nghi/\d+/", r"/khen-thuong/hoi-dong/phien/\d+/"
BO_LY = "/don-vi/?q=bo+ly&cap=commune"

STAFF = (r"/don-vi/\d+/", r"/don-vi/\d+/nguoi/")
"""From a list of units to the people of the first one."""

# (user, picture, address, then the links to follow: patterns of addresses)
PAGES = [
    ("", "front", "/", ()),
    ("", "sign-in", "/tai-khoan/login/", ()),
    ("", "plan", "/ke-hoach/", ()),
    ("", "criteria", "/tieu-chi/", ()),
    ("", "receipt-check", "/bien-nhan/?so=BN-2023-1", ()),
    ("", "missing", "/khong-co-trang-nay/", ()),
    ("reporter", "home", "/viec-cua-toi/", ()),
    ("reporter", "report", "/viec-cua-toi/", (r"/bao-cao/\d+/",)),
    ("reporter", "section", "/viec-cua-toi/", (r"/bao-cao/\d+/", r"/bao-cao/\d+/muc/2/")),
    ("reporter", "figures", "/viec-cua-toi/", (r"/bao-cao/\d+/", r".*/so-lieu/")),
    ("reporter", "annex", "/viec-cua-toi/", (r"/bao-cao/\d+/", r".*/bieu/B3/")),
    ("reporter", "annex-b1", "/viec-cua-toi/", (r"/bao-cao/\d+/", r".*/bieu/B1/")),
    ("reporter", "checklist", "/viec-cua-toi/", (r"/bao-cao/\d+/", r".*/tieu-chi/")),
    ("reporter", "check", "/viec-cua-toi/", (r"/bao-cao/\d+/", r".*/kiem-tra/")),
    ("reporter", "reports", "/bao-cao/", ()),
    ("reporter", "forbidden", "/tong-hop/", ()),
    ("leader", "leader-home", "/viec-cua-toi/", ()),
    ("leader", "progress", "/tien-do/?nhom=commune", ()),
    ("leader", "extensions", "/ke-hoach/gia-han/", ()),
    ("leader", "people", "/don-vi/?q=248", STAFF),
    ("leader", "people-open", "/don-vi/?q=248", (*STAFF, r".*/tai-khoan/")),
    ("leader", "hand-over", "/don-vi/?q=248", (*STAFF, r".*/ban-giao/")),
    ("leader", "units-thin", "/don-vi/thieu-nguoi/", ()),
    ("leader", "persons", "/don-vi/ca-nhan/", ()),
    ("leader", "person", "/don-vi/ca-nhan/", (r"/don-vi/ca-nhan/\d+/",)),
    ("leader", "person-add", "/don-vi/ca-nhan/them/", ()),
    ("board", "board-home", "/viec-cua-toi/", ()),
    ("board", "queue", "/ra-soat/", ()),
    ("board", "review", "/ra-soat/", (r"/ra-soat/\d+/",)),
    ("board", "report-received", "/bao-cao/?trang_thai=accepted", (r"/bao-cao/\d+/",)),
    ("board", "version", "/bao-cao/?trang_thai=accepted", (r"/bao-cao/\d+/", r".*/ban/\d+/")),
    ("board", "receipt", "/bao-cao/?trang_thai=accepted", (r"/bao-cao/\d+/", r".*/bien-nhan/\d+/")),
    ("board", "board-progress", "/tien-do/?ky=2023&nhom=district", ()),
    ("board", "rankings", "/tieu-chi/xep-hang/", ()),
    ("board", "ranking", "/tieu-chi/xep-hang/", (r"/tieu-chi/xep-hang/\d+/",)),
    ("board", "criteria-set", "/tieu-chi/", (r"/tieu-chi/bo/\d+/",)),
    ("board", "deadlines", "/ke-hoach/han-bao-cao/", ()),
    ("board", "deadline", "/ke-hoach/han-bao-cao/", (r"/ke-hoach/han-bao-cao/\d+/",)),
    ("board", "extensions-board", "/ke-hoach/gia-han/", ()),
    ("board", "duties", "/ke-hoach/nhiem-vu/", ()),
    ("", "public-lists", "/khen-thuong/lay-y-kien/", ()),
    ("", "decision-check", "/khen-thuong/kiem-tra/?so=512", ()),
    ("", "roll", "/vinh-danh/", ()),
    ("reporter", "nominations", "/khen-thuong/de-nghi/", ()),
    ("reporter", "nomination-begin", "/khen-thuong/de-nghi/lap/", ()),
    ("reporter", "flags", "/khen-thuong/gioi-thieu/", ()),
    ("board", "nominations-board", "/khen-thuong/de-nghi/", ()),
    ("board", "nomination", "/khen-thuong/de-nghi/", (NOMINATION,)),
    ("board", "appraisals", "/khen-thuong/tham-dinh/", ()),
    ("board", "appraisal", "/khen-thuong/tham-dinh/", (r"/khen-thuong/tham-dinh/\d+/",)),
    ("board", "postings", "/khen-thuong/cong-khai/", ()),
    ("board", "posting-add", "/khen-thuong/cong-khai/", (r"/khen-thuong/cong-khai/dot/\d+/",)),
    ("board", "councils", "/khen-thuong/hoi-dong/", ()),
    ("board", "council", "/khen-thuong/hoi-dong/", (r"/khen-thuong/hoi-dong/\d+/",)),
    ("board", "session", "/khen-thuong/hoi-dong/", (SESSION,)),
    ("board", "session-screen", "/khen-thuong/hoi-dong/", (SESSION, r".*/man-chieu/")),
    ("board", "session-minutes", "/khen-thuong/hoi-dong/", (SESSION, r".*/bien-ban/")),
    ("board", "submissions", "/khen-thuong/to-trinh/", ()),
    ("board", "submission", "/khen-thuong/to-trinh/", (r"/khen-thuong/to-trinh/\d+/",)),
    ("board", "decisions", "/khen-thuong/quyet-dinh/", ()),
    ("board", "decision", "/khen-thuong/quyet-dinh/", (r"/khen-thuong/quyet-dinh/\d+/",)),
    (
        "board",
        "decision-papers",
        "/khen-thuong/quyet-dinh/",
        (r"/khen-thuong/quyet-dinh/\d+/", r"/khen-thuong/van-ban/.*"),
    ),
    ("board", "funds", "/khen-thuong/quy-thuong/", ()),
    ("board", "award-statistics", "/khen-thuong/thong-ke/", ()),
    ("council", "council-home", "/viec-cua-toi/", ()),
    ("board", "units", "/don-vi/?q=tam+dao", ()),
    ("board", "unit", "/don-vi/?q=tam+dao", (r"/don-vi/\d+/",)),
    ("desk", "poverty", "/don-vi/ngheo/", ()),
    ("desk", "poverty-unit", "/don-vi/ngheo/", (r"/don-vi/ngheo/\d+/",)),
    ("desk", "poverty-check", "/don-vi/ngheo/kiem-tra/", ()),
    ("desk", "poverty-plans", "/don-vi/ngheo/chi-tieu/", ()),
    ("desk", "imports", "/nhap-lieu/", ()),
    ("desk", "import-kind", "/nhap-lieu/chi-tieu/", ()),
    ("desk", "import-done", "/nhap-lieu/", (IMPORT,)),
    ("desk", "series", "/chuoi-so-lieu/?dia_gioi=2025-07-01&cap=commune", ()),
    (
        "desk",
        "series-parts",
        "/chuoi-so-lieu/?dia_gioi=2025-07-01&cap=commune",
        (r"/chuoi-so-lieu/phan/.*lost",),
    ),
    ("desk", "summaries", "/tong-hop/", ()),
    ("desk", "summary", "/tong-hop/", (r"/tong-hop/\d+/",)),
    ("desk", "series", "/chuoi-so-lieu/", ()),
    ("desk", "contributions", "/ke-hoach/dong-gop/", ()),
    ("desk", "contribution", "/ke-hoach/dong-gop/", (r"/ke-hoach/dong-gop/\d+/",)),
    ("desk", "contributions-by-commune", "/ke-hoach/dong-gop/theo-xa/", ()),
    ("desk", "household-counts", "/don-vi/ho/so-lieu/", ()),
    ("board", "honours", "/khen-thuong/", ()),
    ("board", "honour", "/khen-thuong/", (r"/khen-thuong/\d+/",)),
    ("board", "rounds", "/khen-thuong/dot/", ()),
    ("board", "round", "/khen-thuong/dot/", (r"/khen-thuong/dot/\d+/",)),
    ("board", "round-edit", "/khen-thuong/dot/", (r"/khen-thuong/dot/\d+/", r".*/sua/")),
    ("board", "round-add", "/khen-thuong/dot/", (r"/khen-thuong/dot/lap/",)),
    ("board", "unit-honours", BO_LY, (UNIT, r"/khen-thuong/don-vi/\d+/qua-cac-thoi-ky/")),
    ("board", "village", "/don-vi/?q=doi+mau&cap=village", (r"/don-vi/\d+/",)),
    ("board", "enterprises", "/don-vi/?cap=enterprise", ()),
    ("board", "enterprise", "/don-vi/?cap=enterprise", (r"/don-vi/\d+/",)),
    ("commune", "commune-home", "/viec-cua-toi/", ()),
    ("commune", "households", "/don-vi/ho/", ()),
    ("commune", "household", "/don-vi/ho/", (r"/don-vi/ho/\d+/",)),
    ("commune", "commune-counts", "/don-vi/ho/so-lieu/", ()),
    ("commune", "imports-commune", "/nhap-lieu/", ()),
    ("commune", "import-start", "/nhap-lieu/ho/", ()),
    ("commune", "import-waiting", "/nhap-lieu/", (IMPORT,)),
    ("commune-leader", "commune-unit", BO_LY, (UNIT,)),
    ("commune-leader", "people", BO_LY, (UNIT, rf"{UNIT}nguoi/")),
    ("commune-leader", "persons", "/don-vi/ca-nhan/", ()),
    ("commune-leader", "person", "/don-vi/ca-nhan/", (r"/don-vi/ca-nhan/\d+/",)),
    ("commune-leader", "poverty-commune", BO_LY, (UNIT, r"/don-vi/ngheo/\d+/")),
    ("village", "village-households", "/don-vi/ho/", ()),
    ("viewer", "viewer-home", "/viec-cua-toi/", ()),
    ("admin", "reorganisations", "/don-vi/sap-xep/", ()),
    ("admin", "reorganisation", "/don-vi/sap-xep/", (DRAFT,)),
    ("admin", "reorganisation-units", "/don-vi/sap-xep/", (DRAFT, rf"{DRAFT}don-vi/")),
    ("admin", "reorganisation-children", "/don-vi/sap-xep/", (DRAFT, rf"{DRAFT}truc-thuoc/")),
    ("admin", "reorganisation-people", "/don-vi/sap-xep/", (DRAFT, rf"{DRAFT}nguoi/")),
    ("admin", "reorganisation-preview", "/don-vi/sap-xep/", (DRAFT, rf"{DRAFT}xem-truoc/")),
    ("admin", "admin", "/quan-tri/", ()),
    ("admin", "reorganisations", "/don-vi/sap-xep/", ()),
    ("admin", "reorganisation-new", "/don-vi/sap-xep/moi/", ()),
    ("admin", "people-unplaced", "/don-vi/sap-xep/chua-bo-tri/", ()),
]
ACCOUNTS = {
    "reporter": "tamdao.baocao",
    "leader": "tamdao.lanhdao",
    "board": "thidua.truong",
    "desk": "giamngheo",
    "commune": "xa08920.baocao",
    "commune-leader": "xa08920.lanhdao",
    "village": "thon0892001.baocao",
    "viewer": "lanhdaotinh",
    "council": "hoidong",
    "admin": "quantri",
}


def launch(playwright):
    """Debian's Chromium, without the services that look for other hosts."""
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
        args=["--no-sandbox", "--disable-background-networking", "--disable-component-update",
              "--disable-sync", "--disable-quic"],
    )  # fmt: skip


def note_error(faults, message):
    if message.type == "error" and "the server responded" not in message.text:
        place = message.location.get("url", "")
        faults.append(f"console at {place}: {message.text[:120]}")


def sign_in(page, user):
    page.goto(f"{BASE}/tai-khoan/login/")
    page.fill("input[name=login]", ACCOUNTS[user])
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    if "/login/" in page.url:
        raise SystemExit(f"{ACCOUNTS[user]} cannot sign in at {BASE}")


def follow(page, pattern):
    """The first link whose address matches; None when the page has none."""
    for link in page.query_selector_all("main a[href]"):
        href = link.get_attribute("href").split("#")[0]
        if re.fullmatch(pattern, href):
            page.goto(BASE + href)
            return href
    return None


def visit(page, address, patterns) -> bool:
    page.goto(BASE + address)
    return all(follow(page, pattern) for pattern in patterns)


def shoot(browser, user, only):
    faults = []
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN")
        page = context.new_page()
        page.on("console", partial(note_error, faults))
        if user:
            sign_in(page, user)
        for owner, name, address, patterns in PAGES:
            if owner == user and (not only or name in only):
                if not visit(page, address, patterns):
                    faults.append(f"{name}: no link matches")
                    continue
                folder = OUT / str(width)
                folder.mkdir(parents=True, exist_ok=True)
                page.evaluate(SHOW_ALL)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{name}.png", full_page=True)
                page.evaluate(AXE.read_text(encoding="utf-8"))
                faults += [f"{name} {width}: {fault}" for fault in page.evaluate(RUN_AXE)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    faults.append(f"{name} {width}: wider than the screen")
        context.close()
    return faults


def main():
    only = set(sys.argv[1:])
    users = [user for user in ["", *ACCOUNTS] if not only or any(
        page[0] == user and page[1] in only for page in PAGES
    )]  # fmt: skip
    with sync_playwright() as playwright:
        browser = launch(playwright)
        faults = [fault for user in users for fault in shoot(browser, user, only)]
        browser.close()
    sys.stdout.write("\n".join(faults) + f"\n{len(faults)} faults; pictures in {OUT}\n")


if __name__ == "__main__":
    main()
