"""The roll of honour for everybody: collectives and enterprises, never persons or households."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from awards.kinds import Recipient
from awards.models import Honour
from config.paging import streamed
from config.sheets import DATE, YEAR, Column, Definition

ROLL = Definition(
    title="Vinh danh",
    columns=(
        Column("year", "Năm", YEAR, help="Năm của quyết định.", grouped=False, width=8),
        Column("form", "Hình thức", help="Hình thức khen thưởng.", width=40),
        Column("name", "Được khen thưởng", help="Như trong quyết định.", width=40),
        Column("recipient", "Đối tượng", help="Tập thể hoặc doanh nghiệp, tổ chức.", width=20),
        Column("number", "Số quyết định", help="Số, ký hiệu.", width=18),
        Column("decided_on", "Ngày quyết định", DATE, help="Ngày ký.", width=13),
        Column("issuer", "Cơ quan quyết định", help="Người có thẩm quyền.", width=36),
    ),
)


def roll_of_honour() -> QuerySet[Honour]:
    """What stands in the ledger for them, the newest year and the highest form first."""
    found = Honour.objects.filter(recipient__in=Recipient.OPEN, revoked_on__isnull=True)
    return found.select_related("form").order_by(
        "-decided_on__year", "form__position", "sort_key", "pk"
    )


def roll_rows(honours: Iterable[Honour]) -> Iterator[dict]:
    """One row an award."""
    for row in streamed(honours):
        yield {
            "year": row.decided_on.year,
            "form": row.form.name,
            "name": row.name,
            "recipient": row.get_recipient_display(),
            "number": row.number,
            "decided_on": row.decided_on,
            "issuer": row.issuer,
        }
