"""A report and a round on the real plan, each brought to a state through the actions."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.actions import save_round, take_round_step
from campaign.models import Period
from criteria.actions import compute_ranking, score_all
from criteria.states import Side
from reports import actions
from reports.actions import summaries
from reports.models import Annex, Report
from tests.factories.awards import RoundFactory
from tests.journeys.conftest import PDF
from units.kinds import Tier


def _anew(report):
    return Report.objects.for_page().get(pk=report.pk)


def written(portal):
    """Everything filled in, nothing sent: long words, large figures, rows, evidence."""
    by = portal.reporter
    report = actions.start_report(portal.district, portal.period, by=by)
    for section in report.sections.select_related("outline"):
        text = "Đã ban hành kế hoạch & triển khai đến 9 xã, thị trấn.\n" * 5
        actions.save_section(report, section.outline.code, text, by=by, revision=0)
    figures = {figure.pk: 1_234_567 for figure in report.figures.all()}
    actions.save_figures(report, figures, by=by, revision=0)
    row = {"source": "Nhân dân, cộng đồng", "cash": "1.234,5", "purpose": "Giống cây trồng"}
    annex = Annex.objects.get(campaign=portal.period.campaign, code="B3")
    actions.save_annex(report, annex, [row] * 3, by=by, revision=0)
    for answer in report.checklist.answers.select_related("criterion"):
        _answered(report, answer, by)
    return _anew(report)


def _answered(report, answer, by):
    graded = answer.criterion.kind == "graded"
    said = {"grade": "met" if graded else "", "value": None, "explanation": "Theo kế hoạch."}
    actions.save_answer(report, answer, said, by=by, revision=answer.revision)
    file = SimpleUploadedFile("quyet-dinh-phan-bo-kinh-phi-nam-2023.pdf", PDF, "application/pdf")
    actions.attach_evidence(report, answer, file, by=by)


def sent(portal, report):
    actions.take_step(report, "send", by=portal.leader)
    return _anew(report)


def ranked(portal, report):
    """Received, scored by the board, and in a ranking that is not yet published."""
    actions.take_step(report, "accept", by=portal.board)
    points = {answer.pk: (9, "") for answer in report.checklist.answers.all()}
    score_all(report.checklist, Side.BOARD, points, by=portal.board)
    return compute_ranking(portal.period, Tier.DISTRICT, by=portal.board)


def round_held(portal):
    """A yearly round of the province that receives, with and without numbers advised."""
    campaign = portal.period.campaign
    dates = {"opens": date(2023, 11, 1), "due": date(2024, 1, 5), "council_on": date(2024, 1, 10)}
    round = RoundFactory.build(campaign=campaign, unit=campaign.province, **dates)
    codes = {"HCLD-3": None, "BKTTG": 3, "BK-TINH": 1_200}
    forms = {form: codes[form.code] for form in campaign.award_forms.filter(code__in=codes)}
    save_round(round, forms, by=portal.board)
    return take_round_step(round, "open", by=portal.board)


def composed(portal):
    """The draft of the interim summary with its three texts."""
    period = Period.objects.get(code="interim-2023")
    draft = summaries.start_summary(period, by=portal.desk)
    texts = dict.fromkeys(("assessment", "shortcomings", "directions"), "- Đã nêu đủ.")
    return summaries.save_texts(draft, texts, by=portal.desk, seen=summaries.texts_mark(draft))
