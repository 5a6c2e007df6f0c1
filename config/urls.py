"""Addresses in Vietnamese words, names in English."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

import config.converters  # noqa: F401  # before the addresses that use them
from config import health

admin.site.site_header = "Quản trị Cổng thi đua"
admin.site.site_title = "Quản trị"
admin.site.index_title = "Danh mục"
# One way in: the limits on guessing and the second factor hold for administrators too.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("reports.urls")),
    path("don-vi/", include("units.urls")),
    path("nhap-lieu/", include("units.import_urls")),
    path("ke-hoach/", include("campaign.urls")),
    path("tieu-chi/", include("criteria.urls")),
    path("khen-thuong/", include("awards.urls")),
    path("vinh-danh/", include("awards.public_urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("quan-tri/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
]
