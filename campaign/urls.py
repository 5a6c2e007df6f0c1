from django.urls import path

from campaign import views

app_name = "campaign"

urlpatterns = [
    path("", views.plan, name="plan"),
    path("nhiem-vu/", views.duties, name="duties"),
    path("han-bao-cao/", views.deadlines, name="deadlines"),
    path("han-bao-cao/<int:pk>/", views.deadline, name="deadline"),
    path("gia-han/", views.extensions, name="extensions"),
    path("gia-han/chon/", views.extension_choose, name="extension_choose"),
    path("gia-han/<slug:code>/<int:pk>/", views.extension_grant, name="extension_grant"),
]
