from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "Khen thưởng"

    def ready(self):
        # The plan's page belongs to a lower app, which therefore asks through a list of callables.
        from awards.queries import part_of_plan  # noqa: PLC0415  # models are ready only now
        from campaign.queries import further_parts  # noqa: PLC0415

        if part_of_plan not in further_parts:
            further_parts.append(part_of_plan)
