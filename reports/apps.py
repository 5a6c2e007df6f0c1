from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo và tổng hợp"

    def ready(self):
        # Pages of lower apps show charts, which only this app can draw.
        from reports import drawing  # noqa: PLC0415  # models are ready only now

        drawing.register_all()
