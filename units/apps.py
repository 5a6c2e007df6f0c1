from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị và con người"

    def ready(self):
        from units import checks  # noqa: F401, PLC0415  # registers itself once models are there
        from units.imports import nouns  # noqa: PLC0415

        nouns.register_all()
