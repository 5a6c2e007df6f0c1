"""Addresses of the portal's main pages."""

from django.urls import include, path

from reports.views import checklist, filling, front, home, progress, review, series, trail

app_name = "reports"

urlpatterns = [
    path("", front.front, name="front"),
    path("viec-cua-toi/", home.home, name="home"),
    path("bao-cao/", home.report_list, name="list"),
    path("bao-cao/bang.<suffix:suffix>", home.report_list_download, name="list_download"),
    path("bao-cao/lap/<slug:code>/<int:unit_pk>/", filling.start, name="start"),
    path("bao-cao/<int:pk>/", filling.detail, name="detail"),
    path("bao-cao/<int:pk>/muc/<slug:code>/", filling.section, name="section"),
    path("bao-cao/<int:pk>/so-lieu/", filling.figures, name="figures"),
    path("bao-cao/<int:pk>/so-lieu/cong/", filling.take_over, name="take_over"),
    path("bao-cao/<int:pk>/bieu/<slug:code>/", filling.annex, name="annex"),
    path("bao-cao/<int:pk>/tieu-chi/", checklist.checklist, name="checklist"),
    path("bao-cao/<int:pk>/tieu-chi/<int:criterion_pk>/", checklist.answer, name="answer"),
    path(
        "bao-cao/<int:pk>/tieu-chi/<int:criterion_pk>/minh-chung/", checklist.attach, name="attach"
    ),
    path("bao-cao/<int:pk>/minh-chung/<int:evidence_pk>/go/", checklist.detach, name="detach"),
    path("bao-cao/<int:pk>/kiem-tra/", filling.check, name="check"),
    path("bao-cao/<int:pk>/buoc/<slug:name>/", filling.step, name="step"),
    path("bao-cao/<int:pk>/ban/<int:number>/", trail.version, name="version"),
    path(
        "bao-cao/<int:pk>/ban/<int:number>/so-lieu/bang.<suffix:suffix>",
        trail.figures_download,
        name="version_figures_download",
    ),
    path(
        "bao-cao/<int:pk>/ban/<int:number>/bieu/<slug:code>/bang.<suffix:suffix>",
        trail.annex_download,
        name="version_annex_download",
    ),
    path("bao-cao/<int:pk>/bien-nhan/<int:number>/", trail.receipt, name="receipt"),
    path("bien-nhan/", trail.check_receipt, name="receipt_check"),
    path("ra-soat/", review.queue, name="queue"),
    path("ra-soat/bang.<suffix:suffix>", review.queue_download, name="queue_download"),
    path("ra-soat/<int:pk>/", review.review, name="review"),
    path("ra-soat/<int:pk>/diem/", review.score, name="score"),
    path("tien-do/", progress.progress, name="progress"),
    path("tien-do/bang.<suffix:suffix>", progress.tiers_download, name="progress_download"),
    path(
        "tien-do/cap-tren/bang.<suffix:suffix>",
        progress.parents_download,
        name="progress_parents_download",
    ),
    path(
        "tien-do/don-vi/bang.<suffix:suffix>",
        progress.units_download,
        name="progress_units_download",
    ),
    path("chuoi-so-lieu/", series.series, name="series"),
    path("chuoi-so-lieu/bang.<suffix:suffix>", series.series_download, name="series_download"),
    path("chuoi-so-lieu/phan/", series.series_parts, name="series_parts"),
    path(
        "chuoi-so-lieu/phan/bang.<suffix:suffix>",
        series.series_parts_download,
        name="series_parts_download",
    ),
    path("tong-hop/", include("reports.summary_urls")),
    path("khen-thuong/van-ban/", include("reports.award_urls")),
]
