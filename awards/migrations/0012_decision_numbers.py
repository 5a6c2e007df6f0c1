from django.db import migrations, models

import config.fields
from config.append_only import freeze_parts, guard


class Migration(migrations.Migration):
    """One nomination in one tờ trình, one number once; decisions are found by their number."""

    dependencies = [("awards", "0011_sealed_votes")]

    operations = [
        migrations.AddField(
            "decision",
            "number_key",
            config.fields.ByteOrderField(default="", editable=False, max_length=100),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("submissionline", "submission_line_once"),
        migrations.AddConstraint(
            "submissionline",
            models.UniqueConstraint(
                fields=["nomination"],
                name="submission_line_once",
                violation_error_message="Hồ sơ này đã có trong một tờ trình.",
            ),
        ),
        migrations.AddConstraint(
            "submission",
            models.UniqueConstraint(
                condition=models.Q(state="sent"),
                fields=["unit", "number", "dated_on"],
                name="submission_number_once",
                violation_error_message="Số và ngày tờ trình này đã được nhập.",
            ),
        ),
        guard("awards_decision"),
        freeze_parts(
            "awards_submissionline",
            of="awards_submission",
            key="submission_id",
            when="state = 'sent'",
        ),
    ]
