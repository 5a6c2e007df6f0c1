from django.db import migrations

from config.append_only import freeze, freeze_parts
from config.spans import spans_apart

SEALED = "sealed_at IS NOT NULL"
TABLES = ("authority", "dossieritem", "timing", "voterule", "bonus")
COLUMNS = (
    "code", "edition", "replaces_id", "title", "decree", "law", "valid_from", "valid_to",
    "rounding", "rounding_unit", "rounding_clause", "rounding_note", "source", "confidence",
    "note", "sealed_at", "made_by_id", "reason",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("awards", "0004_law")]

    operations = [
        spans_apart(
            "awards_ruleset", same=(), starts="valid_from", ends="valid_to", only="current"
        ),
        freeze("awards_ruleset", columns=COLUMNS, when=SEALED),
        *(
            freeze_parts(
                f"awards_{table}", of="awards_ruleset", key="rule_set_id", when=SEALED
            )
            for table in TABLES
        ),
    ]
