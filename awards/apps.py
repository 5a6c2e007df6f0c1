from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "Khen thưởng"

    def ready(self):
        # Pages of lower apps ask the apps above through lists of callables.
        from awards import imports  # noqa: PLC0415  # models are ready only now
        from awards.queries import links_of_person, links_of_unit, part_of_plan  # noqa: PLC0415
        from campaign.queries import further_parts  # noqa: PLC0415
        from units import persons  # noqa: PLC0415
        from units.pages import further_links  # noqa: PLC0415

        imports.register_all()
        if part_of_plan not in further_parts:
            further_parts.append(part_of_plan)
        if links_of_unit not in further_links:
            further_links.append(links_of_unit)
        if links_of_person not in persons.further_links:
            persons.further_links.append(links_of_person)
        from awards.reorganising import effects  # noqa: PLC0415  # models are ready only now
        from units.reorganising.effects import tellers  # noqa: PLC0415

        if effects not in tellers:
            tellers.append(effects)
