"""The charts of a summary, each with the words for who cannot see it."""

from reports.documents.summary.reading import number, said, tier_name
from reports.papers import charts
from reports.papers.model import Chart
from units.kinds import Kind

MANY = 14
"""More places than that are not set side by side: the highest of one year stand ranked."""

SOURCE = "Nguồn: kết quả rà soát hộ nghèo hằng năm."


def goal_path(snapshot) -> list[Chart]:
    """The first goal over the years, against its target; nothing drawn across a new standard."""
    goals = [goal for goal in snapshot["goals"] if _values(goal["path"])]
    if not goals:
        return []
    goal = goals[0]
    points = [(str(p["year"]), "Toàn tỉnh", number(p["value"])) for p in goal["path"]]
    breaks = tuple(str(point["year"]) for point in goal["path"] if point["breaks"])
    title = f"Mục tiêu {goal['goal_code']}: tỷ lệ qua các năm"
    told = "; ".join(
        f"năm {p['year']}: {said(p['value'], goal['goal_unit'])}" for p in _values(goal["path"])
    )
    target = said(goal["goal_target"], goal["goal_unit"])
    spec = charts.lines(
        points,
        unit=goal["goal_unit"],
        title=title,
        target=number(goal["goal_target"]),
        target_label="Mục tiêu",
        breaks=breaks,
        alt=f"{told}. Mục tiêu: {target}.",
    )
    note = "Đường đứt quãng ở chỗ đổi chuẩn nghèo: hai bên không so sánh được." if breaks else ""
    return [Chart(title, spec, f"Biểu đồ đường. {told}. Mục tiêu: {target}.", note)]


def _values(path):
    return [point for point in path if point["value"] is not None]


def rate_by_district(snapshot) -> list[Chart]:
    """Poverty rates of the districts, the years of the newest standard side by side.

    Where there are no districts the places with the highest rates of the newest year.
    """
    years = comparable_years(snapshot["poverty"])
    names = places(years)
    years = [year for year in years if any(row["unit_id"] in names for row in year["rows"])]
    if not years:
        return []
    return [_ranked(years[-1])] if len(names) > MANY else [_side_by_side(years, names)]


def places(years) -> dict[int, str]:
    """The places that stand in a table of several years: districts, if there are any."""
    rows = [row for year in years for row in year["rows"]]
    districts = [row for row in rows if row["kind"] == Kind.DISTRICT]
    return {row["unit_id"]: row["name"] for row in districts or rows}


def _side_by_side(years, names) -> Chart:
    newest, points = years[-1], []
    for year in years:
        rates = {row["unit_id"]: number(row["poor_rate"]) for row in year["rows"]}
        points += [(name, f"Năm {year['year']}", rates.get(unit)) for unit, name in names.items()]
    span = f"năm {newest['year']}"
    if len(years) > 1:
        span = f"{years[0]['year']}-{newest['year']}"
    title = f"Tỷ lệ hộ nghèo theo địa bàn, {span}"
    told = "; ".join(f"{row['name']}: {said(row['poor_rate'], '%')}" for row in newest["rows"])
    alt = f"Biểu đồ cột. Năm {newest['year']}: {told}."
    spec = charts.grouped_bars(points, unit="%", title=title, alt=alt)
    return Chart(title, spec, alt, SOURCE)


def _ranked(year) -> Chart:
    known = [row for row in year["rows"] if row["poor_rate"] is not None]
    known.sort(key=lambda row: number(row["poor_rate"]), reverse=True)
    points = [(row["name"], number(row["poor_rate"])) for row in known[:MANY]]
    title = f"Nơi có tỷ lệ hộ nghèo cao nhất, năm {year['year']}"
    alt = "Biểu đồ cột nằm. " + "; ".join(f"{name}: {said(rate, '%')}" for name, rate in points)
    spec = charts.ranked_bars(points, unit="%", title=title, alt=alt)
    return Chart(title, spec, alt, SOURCE)


def comparable_years(poverty) -> list[dict]:
    """The newest years with figures, back to where the standard last changed."""
    found = []
    for year in reversed(poverty):
        if year["total"]["counts"] is not None:
            found.insert(0, year)
        if year["breaks"]:
            break
    return found


def completeness_by_tier(snapshot) -> list[Chart]:
    """How many units of each group reported in the newest year, and how."""
    if not snapshot["completeness"]:
        return []
    newest = snapshot["completeness"][-1]
    tiers = [tier for tier in newest["tiers"] if tier["expected"]]
    if not tiers:
        return []
    parts = (
        ("Đúng hạn", lambda tier: tier["on_time"] + tier["excused"]),
        ("Nộp muộn", lambda tier: tier["late"]),
        ("Chưa gửi", lambda tier: tier["expected"] - tier["sent"]),
    )
    points = [
        (tier_name(tier["tier"]), label, count(tier) or None)
        for label, count in parts
        for tier in tiers
    ]
    title = f"Tiến độ gửi báo cáo năm {newest['year']} theo nhóm đơn vị"
    told = "; ".join(
        f"{tier_name(tier['tier'])}: {tier['sent']}/{tier['expected']} đã gửi" for tier in tiers
    )
    alt = f"Biểu đồ cột chồng. {told}."
    spec = charts.stacked_bars(points, unit="đơn vị", title=title, alt=alt)
    note = "Đúng hạn gồm cả nộp muộn có phép."
    return [Chart(title, spec, alt, note)]
