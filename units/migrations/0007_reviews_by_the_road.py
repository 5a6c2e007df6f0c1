"""A review's source is an import of the one road; files of the review become imports."""

import django.db.models.deletion
from django.core.files.base import ContentFile
from django.db import migrations, models

KIND = "ra-soat"


def to_imports(apps, schema_editor):
    """Each confirmed file of the review as an import that is done, with its file in the store.

    What nobody had confirmed was waiting for a day at most, and goes.
    """
    ReviewFile = apps.get_model("units", "ReviewFile")
    PovertyReview = apps.get_model("units", "PovertyReview")
    for file in ReviewFile.objects.filter(confirmed_at__isnull=False).order_by("pk"):
        job = _import_of(apps, file)
        PovertyReview.objects.filter(source=file).update(file=job)
    if schema_editor.connection.vendor == "postgresql":
        # What the keys of the new rows point at is looked at now: the tables change next.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _import_of(apps, file):
    rows = sum(number for number in file.counts.values() if isinstance(number, int))
    job = apps.get_model("units", "Import").objects.create(
        token=file.token,
        kind=KIND,
        options={"nam": file.year, "muc": file.stage},
        name=file.name,
        size=len(file.content),
        sha256=file.sha256,
        uploaded_at=file.uploaded_at,
        uploaded_by=file.uploaded_by,
        state="done",
        done=rows,
        total=rows,
        counts=file.counts,
        confirmed_at=file.confirmed_at,
        finished_at=file.confirmed_at,
    )
    job.file.save(f"{file.token}.xlsx", ContentFile(bytes(file.content)))
    return job


class Migration(migrations.Migration):
    dependencies = [("units", "0006_reorganisation_dates")]

    operations = [
        migrations.AddField(
            model_name="povertyreview",
            name="file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.import",
            ),
        ),
        migrations.RunPython(to_imports, migrations.RunPython.noop),
        migrations.RemoveField(model_name="povertyreview", name="source"),
        migrations.RenameField(model_name="povertyreview", old_name="file", new_name="source"),
        migrations.AlterField(
            model_name="povertyreview",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="units.import",
                verbose_name="tệp nguồn",
            ),
        ),
        migrations.DeleteModel(name="ReviewFile"),
    ]
