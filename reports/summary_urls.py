"""Addresses of the summaries; ``reports.urls`` includes them under "tong-hop/"."""

from django.urls import path

from reports.views import summaries, summary_passages

urlpatterns = [
    path("", summaries.summary_list, name="summaries"),
    path("bang.<suffix:suffix>", summaries.summaries_download, name="summaries_download"),
    path("lap/<slug:code>/", summaries.start, name="summary_start"),
    path("<int:pk>/", summaries.summary, name="summary"),
    path("<int:pk>/loi-van/", summaries.edit, name="summary_edit"),
    path("<int:pk>/doan-trich/", summary_passages.passages, name="summary_passages"),
    path(
        "<int:pk>/doan-trich/chon/<int:section_pk>/",
        summary_passages.choose,
        name="summary_choose",
    ),
    path(
        "<int:pk>/doan-trich/<int:selection_pk>/<slug:deed>/",
        summary_passages.change,
        name="summary_selection",
    ),
    path("<int:pk>/ban-in/", summaries.reading, name="summary_reading"),
    path("<int:pk>/so-lieu/<slug:code>/", summaries.parts, name="summary_parts"),
    path(
        "<int:pk>/so-lieu/<slug:code>/bang.<suffix:suffix>",
        summaries.parts_download,
        name="summary_parts_download",
    ),
    path("<int:pk>/nguon/", summaries.sources, name="summary_sources"),
    path(
        "<int:pk>/nguon/bang.<suffix:suffix>",
        summaries.sources_download,
        name="summary_sources_download",
    ),
    path("<int:pk>/chot/", summaries.freeze, name="summary_freeze"),
    path("<int:pk>/ky/", summaries.issue, name="summary_issue"),
    path("<int:pk>/tep/<slug:form>/", summaries.file, name="summary_file"),
]
