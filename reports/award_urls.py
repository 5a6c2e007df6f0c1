"""Addresses of the papers of commendation; ``reports.urls`` includes them."""

from django.urls import path

from reports.views import awards

urlpatterns = [
    path("to-trinh/<int:pk>.<slug:form>", awards.submission_paper, name="award_submission"),
    path("dot/<int:pk>/", awards.lists, name="award_lists"),
    path("dot/<int:pk>/<int:unit_pk>.<slug:form>", awards.list_paper, name="award_list"),
    path("quyet-dinh/<int:pk>/", awards.decision_papers, name="award_papers"),
    path("quyet-dinh/<int:pk>.<slug:form>", awards.decision_paper, name="award_decision"),
    path(
        "quyet-dinh/<int:pk>/thong-bao/<int:unit_pk>.<slug:form>",
        awards.notice_paper,
        name="award_notice",
    ),
    path("quyet-dinh/<int:pk>/tien-thuong.<slug:form>", awards.bonus_paper, name="award_bonus"),
    path(
        "quyet-dinh/<int:pk>/giay-khen.pdf",
        awards.certificates_paper,
        name="award_certificates",
    ),
    path("phien-hop/<int:pk>/bien-ban.<slug:form>", awards.minutes_paper, name="award_minutes"),
    path("de-nghi/<int:pk>/bao-cao.<slug:form>", awards.achievement_paper, name="award_report"),
]
