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
