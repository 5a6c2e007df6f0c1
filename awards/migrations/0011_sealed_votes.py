import django.db.models.deletion
from django.db import migrations, models

from config.append_only import freeze_parts, guard

CLOSED = "state = 'closed'"
OF_CLOSED = "session_id IN (SELECT id FROM awards_session WHERE state = 'closed')"


class Migration(migrations.Migration):
    """Who voted is kept without a number that tells the order; what belongs to a closed session

    stands: seats (their table is built anew on SQLite), recusals and votes too.
    """

    dependencies = [("awards", "0010_eligibility")]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="on_paper",
            field=models.BooleanField(default=False, verbose_name="bỏ phiếu giấy"),
        ),
        migrations.DeleteModel(name="Vote"),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="vote",
                        serialize=False,
                        to="awards.seat",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("screen", "bỏ phiếu trên cổng"), ("paper", "phiếu giấy")],
                        max_length=6,
                        verbose_name="cách bỏ phiếu",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt bỏ phiếu",
                "verbose_name_plural": "lượt bỏ phiếu",
            },
        ),
        freeze_parts(
            "awards_seat", of="awards_session", key="session_id", when=CLOSED
        ),
        freeze_parts(
            "awards_recusal", of="awards_case", key="case_id", when=OF_CLOSED
        ),
        guard("awards_vote"),
        freeze_parts(
            "awards_vote", of="awards_seat", key="seat_id", when=OF_CLOSED
        ),
    ]
