"""The whole play in its order: accounts, reviews, 2022 to its end, 2023 as far as it has come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings

from campaign.models import Campaign, Period
from campaign.queries import current_campaign
from config import clock
from config.text import VIETNAM
from config.workflow import RuleViolation
from reports.demo import judging, rewarding, summing, walk
from reports.demo.amounts import Amounts
from reports.demo.commending import Commending
from reports.demo.fates import TODAY, fates
from reports.demo.giving import Giving
from reports.demo.journal import BEGUN, FINISHED, Journal
from reports.demo.people import OPENING, Registrar, province_accounts, unit_accounts
from reports.demo.registers import Registers, prepare_a_change
from reports.demo.reviews import SENDINGS, Reviews
from reports.models import OutlineSection, Report
from reports.queries.expected import expected_units
from reports.states import State
from units.kinds import Kind
from units.models import Succession, Unit

KINDS = (Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE)
YEARS = (2022, 2023)
SCORED_OF_2023 = 6

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Selection:
    """Which part of the province plays; without limits, all of it."""

    districts: tuple[str, ...] = ()
    departments: int | None = None

    def of(self, units: Iterable[Unit]) -> list[Unit]:
        """The chosen units, communes first: a unit reports after those below it."""
        units = sorted(units, key=lambda unit: (-KINDS.index(unit.kind), unit.code))
        departments = [unit for unit in units if unit.kind == Kind.DEPARTMENT]
        wanted = set(DEPARTMENTS_FIRST[: self.departments] if self.departments else ())
        left_out = {u.pk for u in departments if self.departments and u.code not in wanted}
        return [unit for unit in units if unit.pk not in left_out and self._holds(unit)]

    def _holds(self, unit: Unit) -> bool:
        if not self.districts or unit.kind == Kind.DEPARTMENT:
            return True
        district = unit if unit.kind == Kind.DISTRICT else unit.parent
        return district.code in self.districts


DEPARTMENTS_FIRST = ("NHCSXH", "SLDTBXH", "STC", "UBMTTQ", "SXD", "SNV", "SYT", "TTT")
"""A small demonstration takes so many of these."""


def refusals() -> list[str]:
    """Why the demonstration may not be loaded here at all, whatever the database holds."""
    found = []
    if not settings.DEBUG:
        found.append(
            "Bản trình diễn chỉ nạp được khi DEBUG=on: đây là cấu hình chạy thật nên không nạp gì."
        )
    if not settings.CLOCK_SHIFT_DAYS:
        found.append(
            "CLOCK_SHIFT_DAYS chưa đặt nên các trang không ghi “dữ liệu trình diễn”: hãy đặt số "
            f"ngày để đồng hồ của cổng về {TODAY:%d/%m/%Y} (“make run” tự đặt trong .env)."
        )
    return found


def load(selection: Selection, tell: Tell) -> None:
    """Load what is not there yet; ``RuleViolation`` says why not. Twice changes nothing."""
    if reasons := refusals():
        raise RuleViolation(*reasons)
    campaign = current_campaign()
    if campaign is None or not OutlineSection.objects.filter(campaign=campaign).exists():
        raise RuleViolation(
            "Chưa nạp sổ đơn vị và kế hoạch: chạy “manage.py load_register” rồi “manage.py "
            "load_plan” trước."
        )
    journal = Journal(campaign)
    if journal.finished:
        tell("Dữ liệu trình diễn đã nạp xong từ trước; không thay đổi gì.")
        return
    journal.refuse_real_data()
    journal.once(BEGUN)
    _Play(campaign, journal, selection, tell).go()
    journal.once(FINISHED)
    tell("Đã nạp xong dữ liệu trình diễn.")


class _Play:
    """One load; every act notes itself in the journal, so a broken load goes on from there."""

    def __init__(self, campaign: Campaign, journal: Journal, selection: Selection, tell: Tell):
        self.campaign, self.journal, self.tell = campaign, journal, tell
        periods = Period.objects.filter(campaign=campaign, kind=Period.Kind.YEARLY)
        self.periods = {period.year: period for period in periods.filter(year__in=YEARS)}
        self.units = {year: self._units(selection, year) for year in YEARS}
        self.reviews = Reviews()

    def _units(self, selection: Selection, year: int) -> list[Unit]:
        """The units on the register of the year's period, the communes with their district."""
        owing = expected_units(self.periods[year])
        units = owing.filter(kind__in=KINDS, path__startswith=self._root)
        return selection.of(units.select_related("parent__parent"))

    @property
    def _root(self) -> str:
        return self.campaign.province.path

    def go(self) -> None:
        self._open_accounts()
        first, preliminary, official, this_year = SENDINGS
        self._send(first)
        self._plan(2022)
        self._send(preliminary)
        self._report(2022)
        self._send(official)
        self._close_2022()
        self._hand_over_renamed()
        self._plan(2023)
        self._send(this_year)
        self._report(2023)
        self._score_some_of_2023()
        self._hold_rounds()
        self._fill_registers()
        self._commend()

    def once(self, label: str, step: Callable, *args, **options) -> bool:
        return self.journal.once(f"Dữ liệu trình diễn: {label}", step, *args, **options)

    # Accounts

    def _open_accounts(self) -> None:
        registrar, day = Registrar(), OPENING.date()
        accounts = province_accounts(self.campaign, day)
        self.once("tài khoản toàn tỉnh", registrar.open, accounts, at=OPENING)
        for unit in self.units[2022]:
            label = f"tài khoản {unit.name} ({unit.code})"
            self.once(label, registrar.open, unit_accounts(unit), at=OPENING)
        self.tell(f"Tài khoản: {len(accounts)} của tỉnh, {2 * len(self.units[2022])} của đơn vị.")

    def _hand_over_renamed(self) -> None:
        """Communes that changed their kind in between are other units, with the same people."""
        registrar = Registrar()
        before = {unit.pk for unit in self.units[2022]}
        after = {unit.pk: unit for unit in self.units[2023]}
        links = Succession.objects.filter(predecessor__in=before, successor__in=after)
        for link in links.select_related("predecessor").order_by("pk"):
            new = after[link.successor_id]
            at = datetime.combine(link.date, time(8), VIETNAM)
            label = f"chuyển phân công sang {new.name} ({new.code})"
            self.once(label, registrar.hand_over, link.predecessor, new, at=at)

    # Poverty

    def _communes(self, year: int) -> list[Unit]:
        units = self.units[max(year, min(YEARS))]
        return [unit for unit in units if unit.kind == Kind.COMMUNE]

    def _send(self, sending) -> None:
        communes = self._communes(sending.year)
        if self.once(sending.label, self.reviews.send, sending, communes):
            self.tell(f"{sending.label[:1].upper()}{sending.label[1:]}: {len(communes)} xã.")

    def _plan(self, year: int) -> None:
        label = f"chỉ tiêu giảm nghèo năm {year}"
        self.once(label, self.reviews.plan, year, self._communes(year))

    # Reports

    def _stage(self, year: int) -> walk.Stage:
        communes: dict[str, list[Unit]] = {}
        for unit in self._communes(year):
            communes.setdefault(unit.parent.code, []).append(unit)
        return walk.Stage(Amounts(self.reviews.first_reported, communes))

    def _report(self, year: int) -> None:
        period, stage, units = self.periods[year], self._stage(year), self.units[year]
        drawn = fates(units, year)
        done = 0
        for place, unit in enumerate(units, start=1):
            label = f"báo cáo năm {year} {unit.name} ({unit.code})"
            done += self.once(label, walk.walk, unit, period, drawn[unit.code], stage)
            if done and place % 50 == 0:
                self.tell(f"Báo cáo năm {year}: {place}/{len(units)} đơn vị.")
        self.tell(f"Báo cáo năm {year}: đủ {len(units)} đơn vị.")

    def _accepted(self, year: int) -> list[Report]:
        found = Report.objects.filter(period=self.periods[year], state=State.ACCEPTED)
        return list(found.select_related("unit__parent", "period", "checklist").order_by("pk"))

    def _close_2022(self) -> None:
        period, stage = self.periods[2022], self._stage(2022)
        self.once("tính lại theo số chính thức năm 2022", judging.use_official_figures, period)
        for report in self._accepted(2022):
            words = stage.words(report.unit, 2022)
            label = f"điểm năm 2022 {report.unit.name} ({report.unit.code})"
            self.once(label, judging.judge, report, words, at=judging.SCORED)
        if self.once("xếp hạng năm 2022", judging.rank, period):
            self.tell("Năm 2022: đã chấm điểm, xếp hạng, công bố.")
        if self.once("báo cáo tổng hợp năm 2022", summing.sum_up, period):
            self.tell("Năm 2022: đã lập, chốt báo cáo tổng hợp năm.")

    def _score_some_of_2023(self) -> None:
        """The board has begun with what came first; the rest is left to whoever tries it."""
        stage = self._stage(2023)
        by_board = [report for report in self._accepted(2023) if report.unit.kind != Kind.COMMUNE]
        with clock.frozen(judging.SCORED_SO_FAR):
            for report in by_board[:SCORED_OF_2023]:
                words = stage.words(report.unit, 2023)
                label = f"điểm năm 2023 {report.unit.name} ({report.unit.code})"
                self.once(label, judging.judge, report, words, at=judging.SCORED_SO_FAR)

    def _hold_rounds(self) -> None:
        for plan in rewarding.PLANS:
            label = f"đợt khen thưởng năm {plan.year}"
            self.once(label, rewarding.hold_round, self.campaign, plan)
        self.tell(f"Đợt khen thưởng: {len(rewarding.PLANS)} đợt hằng năm của tỉnh.")

    # Registers

    def _fill_registers(self) -> None:
        """Last of all: lists came in when the reports of 2022 had long been received."""
        registers = Registers.among(self._communes(2023), self.reviews.final)
        if not registers:
            return
        giving = Giving(registers.communes)
        self.once("danh sách thôn, tổ dân phố", registers.bring_in_villages)
        self.once("danh sách doanh nghiệp", giving.bring_in_enterprises)
        self.once("cá nhân tham gia", giving.enter_persons)
        self.once("khen thưởng đã có", giving.bring_in_honours)
        self.once("danh sách hộ", registers.bring_in_lists)
        self.once("bảng số liệu thôn, xã", registers.bring_in_tables)
        self.once("đóng góp của doanh nghiệp", giving.bring_in_gifts)
        if registers.has_own_list:
            self.once("đăng ký thoát nghèo", registers.register_escapes)
            self.once("bản chuẩn bị sắp xếp hai xã", prepare_a_change)
            self.once("danh sách hộ chờ xác nhận", registers.leave_one_waiting)
        self.tell(f"Thôn, hộ, doanh nghiệp, đóng góp: {len(registers.communes)} xã.")

    # Commendation

    def _commend(self) -> None:
        """Cadres are among the candidates, so the registers come first."""
        if self.once("khen thưởng năm 2022", Commending(self.units[2022]).hold_2022):
            self.tell("Khen thưởng năm 2022: hồ sơ, Hội đồng, tờ trình, quyết định.")
        self.once("hồ sơ khen thưởng năm 2023", Commending(self.units[2023]).go_on_in_2023)
