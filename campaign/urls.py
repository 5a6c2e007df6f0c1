from django.urls import path

from campaign import views

app_name = "campaign"

urlpatterns = [
    path("", views.plan, name="plan"),
    path("lich/bang.<suffix:suffix>", views.calendar_download, name="calendar_download"),
    path("nhiem-vu/", views.duties, name="duties"),
    path("nhiem-vu/bang.<suffix:suffix>", views.duties_download, name="duties_download"),
    path("han-bao-cao/", views.deadlines, name="deadlines"),
    path("han-bao-cao/bang.<suffix:suffix>", views.deadlines_download, name="deadlines_download"),
    path("han-bao-cao/<int:pk>/", views.deadline, name="deadline"),
    path("gia-han/", views.extensions, name="extensions"),
    path("gia-han/bang.<suffix:suffix>", views.extensions_download, name="extensions_download"),
    path("gia-han/chon/", views.extension_choose, name="extension_choose"),
    path("gia-han/<slug:code>/<int:pk>/", views.extension_grant, name="extension_grant"),
]
