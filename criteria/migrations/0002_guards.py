from django.db import migrations

from config.spans import spans_apart


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_initial")]

    operations = [
        spans_apart("criteria_blockmember", same=("unit_id",), starts="starts", ends="ends"),
    ]
