"""The plan figures of a year: what each commune was to reach."""

from units.models import PovertyPlan, Unit
from units.poverty.territory import communes_alive


def plans_under(unit: Unit, year: int) -> list[tuple[Unit, PovertyPlan | None]]:
    """The communes directly under a unit at the end of the year, each with its plan figure."""
    communes = list(communes_alive(year).filter(parent=unit).in_order())
    plans = {
        plan.unit_id: plan for plan in PovertyPlan.objects.filter(year=year, unit__in=communes)
    }
    return [(commune, plans.get(commune.pk)) for commune in communes]


def basis_of(plans: list[tuple[Unit, PovertyPlan | None]]) -> str:
    """The document that all figures on file rest on; empty when there are several or none."""
    found = {plan.basis for _, plan in plans if plan}
    return found.pop() if len(found) == 1 else ""
