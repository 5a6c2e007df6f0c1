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
