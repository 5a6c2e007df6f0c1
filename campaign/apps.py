from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = "Phong trào thi đua"

    def ready(self):
        from campaign import imports  # noqa: PLC0415  # models are ready only now

        imports.register_all()
        # The page of a unit belongs to a lower app, which asks through a list of callables.
        from campaign.queries.contributions import links_of_unit  # noqa: PLC0415
        from units.pages import further_links  # noqa: PLC0415

        if links_of_unit not in further_links:
            further_links.append(links_of_unit)
        # Figures come in by a lower app, which asks through a list of callables which years count.
        from campaign.queries import campaign_years  # noqa: PLC0415  # models are ready only now
        from units.poverty.periods import campaigns  # noqa: PLC0415

        if campaign_years not in campaigns:
            campaigns.append(campaign_years)
        # So does the preview of a reorganisation: what happens to the tables of each app.
        from campaign.reorganising import effects  # noqa: PLC0415  # models are ready only now
        from units.reorganising.effects import tellers  # noqa: PLC0415

        if effects not in tellers:
            tellers.append(effects)
