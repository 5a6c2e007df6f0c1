"""Questions to the yearly poverty review: tables for any year, and the figures of the plan.

``review_table`` gives the rows of a year, ``series`` one unit over years, and the measures of
Section III.1 (``poor_near_reduction``, ``rate_reduction_over_plan``) a figure with its parts.
``year_page`` and ``unit_years`` gather what the pages show: plan figures (``plans``), the review
beside counts of households (``compared``), tiles and charts. ``published`` checks tables of others.
All figures are households; rates are percent of all households of the same row, always
computed. Figures of different national standards are never compared.
"""

from units.poverty.figures import Figures
from units.poverty.measures import (
    Measured,
    poor_near_reduction,
    rate_reduction_over_plan,
)
from units.poverty.standards import measured_years, standard_for
from units.poverty.tables import (
    ReviewRow,
    SeriesPoint,
    above,
    area_rows,
    counted_units,
    latest_stage,
    review_table,
    review_years,
    series,
    source_files,
    total_row,
)
from units.poverty.territory import founding_province, parents_of_communes

__all__ = [
    "Figures",
    "Measured",
    "ReviewRow",
    "SeriesPoint",
    "above",
    "area_rows",
    "counted_units",
    "founding_province",
    "latest_stage",
    "measured_years",
    "parents_of_communes",
    "poor_near_reduction",
    "rate_reduction_over_plan",
    "review_table",
    "review_years",
    "series",
    "source_files",
    "standard_for",
    "total_row",
]
