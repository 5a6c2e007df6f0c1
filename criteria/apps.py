from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = "Tiêu chí thi đua"

    def ready(self):
        # The review belongs to a lower app, which tells through a list of callables.
        from criteria.actions.checklists import follow_review  # noqa: PLC0415  # models are ready
        from units.actions.reviews import followers  # noqa: PLC0415

        if follow_review not in followers:
            followers.append(follow_review)
        # The preview of a reorganisation asks what happens to the tables of each app.
        from criteria.reorganising import effects  # noqa: PLC0415  # models are ready only now
        from units.reorganising.effects import tellers  # noqa: PLC0415

        if effects not in tellers:
            tellers.append(effects)
