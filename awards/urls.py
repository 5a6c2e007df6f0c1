"""Addresses under /khen-thuong/."""

from django.urls import path

from awards.views import (
    dossiers,
    flags,
    history,
    ledger,
    nominations,
    postings,
    rounds,
    rule_sets,
)

app_name = "awards"

urlpatterns = [
    path("", ledger.honours, name="honours"),
    path("bang.<suffix:suffix>", ledger.honours_download, name="honours_download"),
    path("quy-dinh/", rule_sets.rule_set, name="rule_set"),
    path("quy-dinh/bang.<suffix:suffix>", rule_sets.rule_set_download, name="rule_set_download"),
    path("quy-dinh/<int:pk>/", rule_sets.rule_set_head, name="rule_set_head"),
    path("quy-dinh/<int:pk>/<slug:name>/them/", rule_sets.rule_set_row, name="rule_set_row_add"),
    path("quy-dinh/<int:pk>/<slug:name>/<int:row>/", rule_sets.rule_set_row, name="rule_set_row"),
    path("dot/", rounds.rounds, name="rounds"),
    path("dot/bang.<suffix:suffix>", rounds.rounds_download, name="rounds_download"),
    path("dot/lap/", rounds.round_add, name="round_add"),
    path("dot/<int:pk>/", rounds.round_detail, name="round"),
    path("dot/<int:pk>/sua/", rounds.round_edit, name="round_edit"),
    path("dot/<int:pk>/buoc/<slug:name>/", rounds.round_step, name="round_step"),
    path("dot/<int:pk>/xoa/", rounds.round_remove, name="round_remove"),
    path("cong-khai/", postings.postings, name="postings"),
    path("cong-khai/dot/<int:pk>/", postings.posting_add, name="posting_add"),
    path("cong-khai/<int:pk>/", postings.posting, name="posting"),
    path("cong-khai/<int:pk>/go/", postings.posting_take_down, name="posting_take_down"),
    path("cong-khai/y-kien/<int:pk>/", postings.opinion_handle, name="opinion_handle"),
    path("lay-y-kien/", postings.public_lists, name="public_lists"),
    path("lay-y-kien/<int:pk>/", postings.public_opinion, name="public_opinion"),
    path("de-nghi/", nominations.nominations, name="nominations"),
    path(
        "de-nghi/bang.<suffix:suffix>",
        nominations.nominations_download,
        name="nominations_download",
    ),
    path("de-nghi/lap/", nominations.nomination_begin, name="nomination_begin"),
    path("de-nghi/tep/<int:pk>/", dossiers.nomination_file, name="nomination_file"),
    path("de-nghi/<int:pk>/", nominations.nomination, name="nomination"),
    path("de-nghi/<int:pk>/thong-tin/", dossiers.nomination_facts, name="nomination_facts"),
    path(
        "de-nghi/<int:pk>/bao-cao/<slug:code>/", dossiers.nomination_part, name="nomination_part"
    ),
    path("de-nghi/<int:pk>/tieu-chi/", dossiers.nomination_answers, name="nomination_answers"),
    path("de-nghi/<int:pk>/tep/", dossiers.nomination_files, name="nomination_files"),
    path(
        "de-nghi/<int:pk>/tep/<int:file_pk>/go/",
        dossiers.nomination_file_remove,
        name="nomination_file_remove",
    ),
    path("de-nghi/<int:pk>/xem-lai/", nominations.nomination_check, name="nomination_check"),
    path(
        "de-nghi/<int:pk>/buoc/<slug:name>/", nominations.nomination_step, name="nomination_step"
    ),
    path("de-nghi/<int:pk>/xoa/", nominations.nomination_remove, name="nomination_remove"),
    path("gioi-thieu/", flags.flags, name="flags"),
    path("gioi-thieu/bang.<suffix:suffix>", flags.flags_download, name="flags_download"),
    path("gioi-thieu/lap/", flags.flag_add, name="flag_add"),
    path("gioi-thieu/<int:pk>/", flags.flag, name="flag"),
    path("gioi-thieu/<int:pk>/tra-loi/", flags.flag_decline, name="flag_decline"),
    path("ghi/", ledger.honour_add, name="honour_add"),
    path("<int:pk>/", ledger.honour, name="honour"),
    path("<int:pk>/xoa/", ledger.honour_remove, name="honour_remove"),
    path("don-vi/<int:pk>/", ledger.unit_honours, name="unit_honours"),
    path("don-vi/<int:pk>/qua-cac-thoi-ky/", history.unit_history, name="unit_history"),
    path("ca-nhan/<int:pk>/", history.person_history, name="person_history"),
    path(
        "don-vi/<int:pk>/bang.<suffix:suffix>",
        ledger.unit_honours_download,
        name="unit_honours_download",
    ),
]
