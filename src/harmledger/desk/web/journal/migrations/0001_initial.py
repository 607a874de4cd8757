"""The first tables."""

from typing import Any

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[Any] = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("case", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=32)),
                ("target", models.CharField(max_length=200)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("author", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("text", models.TextField(max_length=10000)),
            ],
            options={
                "indexes": [models.Index(fields=["case", "target"], name="journal_comments")],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=32)),
                ("number", models.BigIntegerField()),
                ("at", models.CharField(max_length=32)),
                ("actor", models.CharField(max_length=150)),
                ("action", models.CharField(max_length=60)),
                ("target", models.CharField(blank=True, max_length=200)),
                ("detail", models.TextField(default="{}")),
                ("before", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["case", "target"], name="journal_by_target")],
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="journal_line_once")],
            },
        ),
    ]
