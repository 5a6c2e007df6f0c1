"""Contributions as a file: what each column takes, and what a row is judged by."""

from dataclasses import dataclass
from datetime import date

from campaign import permissions, rules
from campaign.actions import put_back_contributions, write_contributions
from campaign.models import Contribution
from campaign.queries import campaign_years
from config import clock
from config.paging import streamed
from config.sheets import CODE, INTEGER, NAME, YEAR, Column, Definition
from config.text import fold
from units.imports.kind import Fault, ImportKind, register
from units.imports.lives import Life, Lives
from units.kinds import Kind
from units.models import User

CONTRIBUTIONS = Definition(
    title="Đóng góp",
    max_rows=200_000,
    columns=(
        Column(
            "tax_code",
            "Mã số thuế",
            CODE,
            required=True,
            maximum=20,
            aliases=("ma_so_thue",),
            help="Mã của doanh nghiệp, tổ chức đóng góp, như trong sổ đơn vị.",
            width=16,
        ),
        Column(
            "giver",
            "Doanh nghiệp, tổ chức",
            NAME,
            aliases=("ten_doanh_nghiep",),
            help="Tên, chỉ để đối chiếu với mã; có thể để trống.",
            width=36,
        ),
        Column(
            "year",
            "Năm",
            YEAR,
            required=True,
            grouped=False,
            aliases=("nam",),
            help="Năm đóng góp, trong thời gian của phong trào.",
            width=8,
        ),
        Column(
            "commune_code",
            "Mã xã nhận",
            CODE,
            required=True,
            digits=5,
            aliases=("ma_xa_nhan",),
            help="Mã xã, phường, thị trấn nhận, của đơn vị tồn tại trong năm đó.",
            width=12,
        ),
        Column(
            "commune",
            "Xã nhận",
            NAME,
            aliases=("ten_xa_nhan",),
            help="Tên, chỉ để đối chiếu với mã; có thể để trống.",
            width=26,
        ),
        Column(
            "amount",
            "Số tiền (đồng)",
            INTEGER,
            required=True,
            maximum=rules.LARGEST_GIFT,
            aliases=("so_tien_dong",),
            help="Tiền và hiện vật quy đổi trong cả năm, đơn vị tính: đồng.",
            width=18,
        ),
        Column(
            "households",
            "Số hộ được hỗ trợ",
            INTEGER,
            aliases=("so_ho_ho_tro",),
            help="Số hộ nghèo, cận nghèo, mới thoát nghèo được hỗ trợ; trống: 0.",
            width=12,
        ),
        Column(
            "jobs",
            "Số việc làm",
            INTEGER,
            aliases=("viec_lam",),
            help="Số người được nhận vào làm việc; trống: 0.",
            width=12,
        ),
    ),
)


@dataclass
class Surroundings:
    """What rows are judged against."""

    years: set[int]
    this_year: int
    givers: Lives
    communes: Lives
    user: User | None

    def giver(self, values) -> Life | None:
        return _meant(self.givers, values["tax_code"], values["year"])

    def commune(self, values) -> Life | None:
        return _meant(self.communes, values["commune_code"], values["year"])


def _meant(lives: Lives, code: str, year: int | None) -> Life | None:
    """As ``campaign.queries.of_code_in``: at the end of the year, or the last one within."""
    if not (code and year):
        return None
    return lives.last_within(code, date(year, 1, 1), date(year, 12, 31))


class ContributionKind(ImportKind):
    """What enterprises and organisations gave to communes (III.1.f)."""

    slug = "dong-gop"
    title = "Đóng góp của doanh nghiệp, tổ chức"
    counted = "đóng góp"
    about = "Số tiền, số hộ được hỗ trợ, việc làm theo doanh nghiệp, năm và xã nhận."
    sequence = ("doanh-nghiep",)
    duplicate_rule = "duplicate_contribution"

    def refusal(self, user, options=None):
        return permissions.keeps_contributions(user)

    def definition(self, options):
        return CONTRIBUTIONS

    def surroundings(self, options, user):
        return Surroundings(
            campaign_years(),
            clock.today().year,
            Lives((Kind.ENTERPRISE,)),
            Lives((Kind.COMMUNE,)),
            user,
        )

    def key(self, values):
        parts = values["tax_code"], str(values["year"] or ""), values["commune_code"]
        return "/".join(parts) if all(parts) else ""

    def key_column(self):
        return "tax_code"

    def judge(self, values, around):
        year = values["year"]
        if year is None:
            return
        told = rules.year_to_record(year, around.years, around.this_year)
        if told:
            yield Fault("year", "year_outside_campaign", _after_label(told))
            return
        yield from _unit_faults("tax_code", around.givers, values["tax_code"], year)
        yield from _unit_faults("commune_code", around.communes, values["commune_code"], year)
        yield from _named(values, around)
        yield from _given(values)
        yield from _theirs(values, around)

    def keep(self, values, around):
        """Names are those of the register, a blank count is none."""
        counts = {name: values[name] or 0 for name in ("households", "jobs")}
        names = {"giver": around.giver(values).name, "commune": around.commune(values).name}
        return {**values, **counts, **names}

    def unit_of(self, values, around):
        return around.commune(values).pk

    def on_file(self, keys, around):
        asked = {}
        for key in keys:
            values = dict(zip(("tax_code", "year", "commune_code"), key.split("/"), strict=True))
            values["year"] = int(values["year"])
            giver, commune = around.giver(values), around.commune(values)
            if giver and commune:
                asked[giver.pk, values["year"], commune.pk] = key
        rows = Contribution.objects.filter(
            giver__in={pk for pk, _, _ in asked},
            year__in={year for _, year, _ in asked},
            receiver__in={pk for _, _, pk in asked},
        )
        found = {}
        for row in rows.select_related("giver", "receiver"):
            if key := asked.get((row.giver_id, row.year, row.receiver_id)):
                found[key] = values_of(row)
        return found

    def write(self, job, rows, around, *, by, at):
        made = [self._made(row.values, around) for row in rows]
        for row, pk in zip(rows, write_contributions(made, by=by, source=job), strict=True):
            row.object_id = pk

    def _made(self, values, around) -> Contribution:
        figures = {name: values[name] for name in ("year", "amount", "households", "jobs")}
        giver, commune = around.giver(values), around.commune(values)
        return Contribution(giver_id=giver.pk, receiver_id=commune.pk, **figures)

    def undo(self, job, rows, *, by, at):
        put_back_contributions({row.object_id: row.before for row in rows}, by=by)

    def rows(self, options, user):
        found = Contribution.objects.for_list()
        return contribution_rows(found.filter(permissions.recordable(user)) if user else found)


def _after_label(told: str) -> str:
    """A rule's sentence without the label in front, which the column says already."""
    return told.partition(": ")[2]


def _unit_faults(column: str, lives: Lives, code: str, year: int):
    if code and _meant(lives, code, year) is None:
        yield Fault(column, *lives.refusal(code, date(year, 12, 31)))


def _named(values, around):
    """Names are there to see that no row has slipped."""
    giver, commune = around.giver(values), around.commune(values)
    if giver and values["giver"] and fold(values["giver"]) != fold(giver.name):
        words = f"“{values['giver']}” khác tên trong sổ ({giver.name}); hãy kiểm tra lại mã."
        yield Fault("giver", "name_mismatch", words, blocking=False)
    written = fold(values["commune"])
    if commune and written and not fold(commune.name).endswith(written):
        words = (
            f"“{values['commune']}” không phải tên của mã {values['commune_code']} "
            f"({commune.name}); hãy kiểm tra dòng có bị lệch không, rồi sửa mã hoặc tên."
        )
        yield Fault("commune", "name_mismatch", words)


def _given(values):
    figures = [values[name] for name in ("amount", "households", "jobs")]
    if figures[0] is not None and (told := rules.gives_something(*figures)):
        yield Fault("amount", "nothing_given", _after_label(told))


def _theirs(values, around):
    commune = around.commune(values)
    if commune and around.user:
        told = permissions.may_record(around.user, commune.pk, commune.name)
        if told:
            yield Fault("commune_code", "outside_scope", told)


def values_of(row: Contribution) -> dict:
    """A contribution as the columns say it."""
    return {
        "tax_code": row.giver.code,
        "giver": row.giver.name,
        "year": row.year,
        "commune_code": row.receiver.code,
        "commune": row.receiver.name,
        "amount": row.amount,
        "households": row.households,
        "jobs": row.jobs,
    }


def contribution_rows(contributions):
    """The contributions of a list, one after the other."""
    return map(values_of, streamed(contributions))


def register_all() -> None:
    """Make the kinds of ``campaign`` known to the road; called by ``CampaignConfig.ready``."""
    register(ContributionKind())
