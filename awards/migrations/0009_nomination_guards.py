from django.db import migrations

from config.append_only import freeze, freeze_parts, guard

CLOSED = "state = 'closed'"
SENT = "state = 'sent'"


class Migration(migrations.Migration):
    dependencies = [("awards", "0008_nominations")]

    operations = [
        guard("awards_nominationstep"),
        guard("awards_override"),
        guard("awards_postednomination"),
        guard("awards_vote"),
        guard("awards_decision"),
        freeze_parts(
            "awards_seat", of="awards_session", key="session_id", when=CLOSED
        ),
        freeze_parts(
            "awards_case", of="awards_session", key="session_id", when=CLOSED
        ),
        freeze(
            "awards_session",
            columns=(
                "council_id", "round_id", "held_at", "place", "agenda", "state", "opened_at",
                "closed_at", "closed_by_id", "paper_by_id", "paper_at", "confirmed_by_id",
                "confirmed_at", "minutes", "sha256",
            ),
            when=CLOSED,
        ),
        freeze(
            "awards_submission",
            columns=(
                "unit_id", "round_id", "award_type", "decider", "addressee", "state", "number",
                "dated_on", "made_at", "made_by_id", "content", "sha256",
            ),
            when=SENT,
        ),
        freeze_parts(
            "awards_submissionline", of="awards_submission", key="submission_id", when=SENT
        ),
        guard("awards_decisionline"),
        guard("awards_minoritycount"),
    ]
