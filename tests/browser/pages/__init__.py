"""The portal's pages as people use them: each object finds by role and label, methods are verbs."""

from tests.browser.pages.commending import Appraisal, CouncilSession, Dossier, Outgoing
from tests.browser.pages.home import Home
from tests.browser.pages.importing import Importing
from tests.browser.pages.ranking import Ranking
from tests.browser.pages.reorganising import Reorganising
from tests.browser.pages.report import ReportPages
from tests.browser.pages.review import Review
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.summary import Summary

__all__ = [
    "Appraisal",
    "CouncilSession",
    "Dossier",
    "Home",
    "Importing",
    "Outgoing",
    "Ranking",
    "Reorganising",
    "ReportPages",
    "Review",
    "SignIn",
    "Summary",
]
