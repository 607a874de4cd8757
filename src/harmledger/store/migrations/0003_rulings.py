"""Judgements on claims, and the claims that each is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    """The third schema."""

    dependencies = (("store", "0002_occurrences"),)

    operations = (
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=20)),
                ("field", models.CharField(max_length=20, null=True)),
                ("value", models.TextField(null=True)),
                ("undoes", models.CharField(max_length=64, null=True)),
                ("reason", models.TextField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("is_emptied", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuledClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("claim", models.CharField(max_length=64)),
                ("document", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.case"
                    ),
                ),
                (
                    "ruling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="store.ruling"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="store_ruling_once"),
        ),
        migrations.AddConstraint(
            model_name="ruledclaim",
            constraint=models.UniqueConstraint(fields=("ruling", "number"), name="store_ruled_claim_once"),
        ),
    )
