"""Pages of the board: as many queries for any number of communes, and little beside the SQL.

Yardstick: a page with nothing on it for the same person, and the page's own statements sent once
more by hand. So what is measured is our Python and HTML. That the statements are good ones is
measured by ``by_hand``: the same rows in SQL as one would write it, for the lists themselves.
"""

from django.test import Client
from django.urls import reverse

from criteria.models import Ranking
from reports.models import Report
from tests.benchmarks.measuring import Line, Listening, beside, run_by_hand
from units.kinds import Kind
from units.models import Unit

LIMITS = 3, 12
"""Times the yardstick; queries."""
ONE, LIMITS_OF_ONE = "review of one report", (6, 30)
"""Not a list: it shows much of one report, and its neighbours among all that wait."""
LAST = "trang=1000000"
"""Past the end: the portal shows the last page."""


FOUR = "ky=2023&nhom=commune&trang_thai=accepted&han=on_time"
LISTS = {
    ("reports", "reports:list"): {
        "": "",
        ", last page": LAST,
        ", search": "q=hoa",
        ", search of one": "q=bach+luu",
        ", four filters": FOUR,
        ", of a district": "tren={district}",
        ", every filter": FOUR + "&q=a&tren={district}",
    },
    ("queue", "reports:queue"): {
        "": "",
        ", all": "trang_thai=",
        ", all, last page": f"trang_thai=&{LAST}",
        ", search": "q=hoa",
    },
    ("units", "units:list"): {
        "": "",
        ", last page": LAST,
        ", search": "q=hoa",
        ", of a kind": "cap=commune",
        ", every filter": "q=a&cap=commune&thuoc={district}&ngay=30/06/2023",
    },
    ("progress", "reports:progress"): {
        "": "ky=2023",
        ", communes": "ky=2023&nhom=commune",
        ", communes, last page": f"ky=2023&nhom=commune&{LAST}",
        ", communes of a district": "ky=2023&nhom=commune&tren={district}",
    },
}
"""Name and address of each list; what is added to both."""


def addresses() -> dict[str, str]:
    """What to look at, by name; the district and the rankings are those of the moment."""
    district = Unit.objects.filter(kind=Kind.DISTRICT, parent__code="26").in_order()[0].pk
    pages = {"home": reverse("reports:home")}
    for (name, page), queries in LISTS.items():
        for what, query in queries.items():
            pages[name + what] = f"{reverse(page)}?{query.format(district=district)}"
    for ranking in Ranking.objects.filter(tier="commune").order_by("state"):
        for what, query in {"": "", ", last page": LAST}.items():
            pages[f"ranking, {ranking.state}{what}"] = f"{ranking.get_absolute_url()}?{query}"
    waiting = Report.objects.filter(
        state="submitted", receiver__kind=Kind.DEPARTMENT, versions__isnull=False
    )
    pages[ONE] = reverse("reports:review", args=[waiting.earliest("pk").pk])
    return pages


class Visitor:
    """A signed-in person who opens pages."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)
        self.empty = reverse("empty")

    def open(self, address):
        response = self.client.get(address)
        if response.status_code != 200:
            raise AssertionError(f"{address} answers {response.status_code}")
        return response

    def statements(self, address) -> list[tuple[str, tuple]]:
        """What the page asks the database, once it has been opened before."""
        self.open(address)
        with Listening() as statements:
            self.open(address)
        return statements

    def counts(self) -> dict[str, int]:
        """The number of queries of each page."""
        return {name: len(self.statements(address)) for name, address in addresses().items()}

    def lines(self, few: dict[str, int], *, runs: int) -> list[Line]:
        """The table's rows for all pages; ``few``: the counts with a thousand communes."""
        shared = set(self.statements(self.empty))
        found = []
        for name, address in addresses().items():
            statements = self.statements(address)
            own = [statement for statement in statements if statement not in shared]
            measured, yardstick = beside(
                lambda address=address: self.open(address),
                lambda own=own: (self.open(self.empty), run_by_hand(own)),
                runs=runs,
            )
            limit, most = LIMITS_OF_ONE if name == ONE else LIMITS
            queries = few.get(name, len(statements)), len(statements)
            what, against = f"page: {name}", "empty page + its SQL"
            found.append(Line(what, measured, yardstick, against, limit, queries, most))
        return found
