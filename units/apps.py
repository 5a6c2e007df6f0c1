from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị và con người"

    def ready(self):
        from units import checks  # noqa: F401, PLC0415  # registers itself once models are there
