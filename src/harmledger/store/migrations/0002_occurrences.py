"""Further places of the same bytes, which an erasure has to reach; the column mapping that a file was read with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The second schema."""

    dependencies = (("store", "0001_initial"),)

    operations = (
        migrations.AddField(model_name="reading", name="mapping", field=models.TextField(null=True)),
        migrations.AddField(
            model_name="unread", name="severity", field=models.CharField(default="error", max_length=10)
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("locator", models.TextField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="store.file",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="store.version",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    )
