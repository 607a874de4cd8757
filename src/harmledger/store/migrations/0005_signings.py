"""What people signed of incidents."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The fifth schema."""

    dependencies = (("store", "0004_erased_backups"),)

    operations = (
        migrations.CreateModel(
            name="Signing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("incident", models.CharField(max_length=64)),
                ("step", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.TextField()),
                ("documents", models.TextField()),
                ("reason", models.TextField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "key"), name="store_signing_once"),
                ],
                "indexes": [models.Index(fields=["case", "incident"], name="store_signing_incident")],
            },
        ),
    )
