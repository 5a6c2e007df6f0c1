from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

import config.fields
from awards import names

CHUNK = 1_000


def fill(apps, schema_editor):
    """Keys and words of the entries that are there already."""
    honours, words = (apps.get_model("awards", name) for name in ("Honour", "HonourWord"))
    rows = honours.objects.only("recipient", "name", "number").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for row in chunk:
            row.name_key = names.name_key(row.name, row.recipient)[:400]
        honours.objects.bulk_update(chunk, ["name_key"], batch_size=CHUNK)
        words.objects.bulk_create(
            words(honour=row, word=word)
            for row in chunk
            for word in sorted(names.words_of(row.name, row.number))
        )


class Migration(migrations.Migration):
    dependencies = [("awards", "0006_rounds")]

    operations = [
        migrations.AddField(
            "honour",
            "name_key",
            config.fields.ByteOrderField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddIndex("honour", models.Index(fields=["name_key"], name="honour_name")),
        migrations.CreateModel(
            name="HonourWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "honour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="awards.honour",
                        verbose_name="khen thưởng",
                    ),
                ),
                ("word", config.fields.ByteOrderField(max_length=60, verbose_name="từ")),
            ],
            options={
                "verbose_name": "từ để tìm khen thưởng",
                "verbose_name_plural": "từ để tìm khen thưởng",
                "constraints": [
                    models.UniqueConstraint(fields=("word", "honour"), name="honour_word_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
