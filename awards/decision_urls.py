"""Addresses under /khen-thuong/ of what goes out: tờ trình, decisions, sums, checks."""

from django.urls import path

from awards.views import decisions, figures, public, submissions

urlpatterns = [
    path("to-trinh/", submissions.submissions, name="submissions"),
    path(
        "to-trinh/bang.<suffix:suffix>",
        submissions.submissions_download,
        name="submissions_download",
    ),
    path("to-trinh/dot/<int:pk>/lap/", submissions.submission_add, name="submission_add"),
    path("to-trinh/<int:pk>/", submissions.submission, name="submission"),
    path("to-trinh/<int:pk>/sua/", submissions.submission_edit, name="submission_edit"),
    path("to-trinh/<int:pk>/xoa/", submissions.submission_remove, name="submission_remove"),
    path("to-trinh/<int:pk>/trinh/", submissions.submission_send, name="submission_send"),
    path("to-trinh/<int:pk>/quyet-dinh/", decisions.decision_add, name="decision_add"),
    path("quyet-dinh/", decisions.decisions, name="decisions"),
    path(
        "quyet-dinh/bang.<suffix:suffix>", decisions.decisions_download, name="decisions_download"
    ),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path(
        "quyet-dinh/<int:pk>/bang.<suffix:suffix>",
        decisions.decision_download,
        name="decision_download",
    ),
    path("quyet-dinh/<int:pk>/trao/", decisions.decision_present, name="decision_present"),
    path("quyet-dinh/<int:pk>/huy-bo/", decisions.decision_revoke, name="decision_revoke"),
    path("quy-thuong/", figures.funds, name="funds"),
    path("quy-thuong/bang.<suffix:suffix>", figures.funds_download, name="funds_download"),
    path("thong-ke/", figures.award_statistics, name="statistics"),
    path(
        "thong-ke/bang.<suffix:suffix>",
        figures.award_statistics_download,
        name="statistics_download",
    ),
    path("kiem-tra/", public.decision_check, name="decision_check"),
    path("kiem-tra/<str:code>/", public.award_check, name="check_code"),
]
