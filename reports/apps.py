from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo và tổng hợp"

    def ready(self):
        # Pages of lower apps show charts, which only this app can draw.
        from reports import drawing  # noqa: PLC0415  # models are ready only now

        drawing.register_all()
        # The preview of a reorganisation asks what happens to the tables of each app.
        from reports.reorganising import effects, objections  # noqa: PLC0415
        from units.reorganising import ties  # noqa: PLC0415
        from units.reorganising.effects import tellers  # noqa: PLC0415

        if effects not in tellers:
            tellers.append(effects)
        if objections not in ties.objections:
            ties.objections.append(objections)
        # Pages of units and of their people ask what reports there are.
        from reports.on_units import reports_in_hand, reports_of  # noqa: PLC0415
        from units.handing_over import open_work  # noqa: PLC0415
        from units.pages import further_counts  # noqa: PLC0415

        for asked, answer in ((further_counts, reports_of), (open_work, reports_in_hand)):
            if answer not in asked:
                asked.append(answer)
