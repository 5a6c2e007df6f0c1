"""Series of the yearly review of poor and near-poor households."""

from django.urls import reverse

from config.text import vn_date, vn_number
from reports.figures.carried.measures import Measure, Paper, Span
from units.models.poverty import Stage
from units.poverty import carried
from units.poverty.figures import percent_of, rounded
from units.poverty.territory import year_end

TONES = {Stage.OFFICIAL: "success", Stage.PRELIMINARY: "warning"}


class ReviewFigure(Measure):
    """A count of the review; or a rate, computed anew from the counts wherever they stand."""

    def __init__(self, measure: carried.ReviewMeasure):
        self._measure = measure
        self.key, self.label = measure.key, measure.label
        self.is_rate = bool(measure.whole)
        self.unit = "%" if self.is_rate else "hộ"
        if self.is_rate:
            self.help = (
                "Tỷ lệ không chuyển từ đơn vị cũ sang đơn vị mới mà được tính lại từ số hộ sau khi "
                "đã cộng theo địa giới."
            )

    def spans(self, years):
        return [
            Span(
                year=column.year,
                day=year_end(column.year),
                mark=column.stage.label if column.stage else "",
                tone=TONES.get(column.stage, "neutral"),
                breaks=_break(column) if column.breaks else "",
                of=column,
            )
            for column in carried.review_columns(years)
        ]

    def source(self, level, spans, user):
        return carried.review_source(self._measure, [span.of for span in spans])

    def papers(self, units, span, user):
        files = carried.files_behind(units, span.of)
        place = {"nam": span.year, "muc": span.of.stage}
        url = reverse("units:poverty", query=place) if span.of.stage else ""
        return {
            unit: [
                Paper(f"{file.name} (xác nhận {vn_date(file.confirmed_at)})", url) for file in of
            ]
            for unit, of in files.items()
        }

    def value(self, sums):
        if not self.is_rate:
            return super().value(sums)
        if not sums:
            return None
        return rounded(percent_of(sums[carried.PART], sums[carried.WHOLE]))

    def written(self, value):
        if value is None or not self.is_rate:
            return super().written(value)
        return f"{vn_number(value, 2)}%"

    @property
    def whole_numbers(self):
        return not self.is_rate

    def change_unit(self):
        return "điểm %" if self.is_rate else self.unit


def _break(column: carried.ReviewYear) -> str:
    name = column.standard.name if column.standard else "chuẩn nghèo chưa khai báo"
    told = f"đo theo {name[:1].lower()}{name[1:]}"
    return f"Từ năm {column.year} {told}: không so sánh với các năm trước."
