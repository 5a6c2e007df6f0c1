"""Questions to the forms of commendation."""

from campaign.queries import FurtherPart


def part_of_plan(campaign) -> FurtherPart:
    """The forms of commendation as a part of the plan's page (III.2.a)."""
    forms = campaign.award_forms.all()
    return FurtherPart(
        title="Hình thức khen thưởng",
        clause="III.2.a",
        lines=[(form.name, form.clause, form.note) for form in forms],
    )
