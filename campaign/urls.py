from django.urls import path

from campaign.views import contributions, plan

app_name = "campaign"

urlpatterns = [
    path("", plan.plan, name="plan"),
    path("lich/bang.<suffix:suffix>", plan.calendar_download, name="calendar_download"),
    path("nhiem-vu/", plan.duties, name="duties"),
    path("nhiem-vu/bang.<suffix:suffix>", plan.duties_download, name="duties_download"),
    path("han-bao-cao/", plan.deadlines, name="deadlines"),
    path("han-bao-cao/bang.<suffix:suffix>", plan.deadlines_download, name="deadlines_download"),
    path("han-bao-cao/<int:pk>/", plan.deadline, name="deadline"),
    path("gia-han/", plan.extensions, name="extensions"),
    path("gia-han/bang.<suffix:suffix>", plan.extensions_download, name="extensions_download"),
    path("gia-han/chon/", plan.extension_choose, name="extension_choose"),
    path("gia-han/<slug:code>/<int:pk>/", plan.extension_grant, name="extension_grant"),
    path("dong-gop/", contributions.contributions, name="contributions"),
    path(
        "dong-gop/bang.<suffix:suffix>",
        contributions.contributions_download,
        name="contributions_download",
    ),
    path("dong-gop/theo-xa/", contributions.by_commune, name="contributions_by_commune"),
    path(
        "dong-gop/theo-xa/bang.<suffix:suffix>",
        contributions.by_commune_download,
        name="contributions_by_commune_download",
    ),
    path("dong-gop/ghi/", contributions.contribution_add, name="contribution_add"),
    path("dong-gop/<int:pk>/", contributions.contribution, name="contribution"),
    path("dong-gop/<int:pk>/xoa/", contributions.contribution_remove, name="contribution_remove"),
]
