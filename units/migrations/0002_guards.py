from django.db import migrations

from config.append_only import guard
from config.spans import spans_apart


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [
        guard("units_logentry"),
        spans_apart("units_unit", same=("code",), starts="valid_from", ends="valid_to"),
        spans_apart(
            "units_appointment", same=("user_id", "unit_id", "role"), starts="starts", ends="ends"
        ),
        spans_apart(
            "units_povertystandard", same=(), starts="first_year", ends="last_year", inclusive=True
        ),
    ]
