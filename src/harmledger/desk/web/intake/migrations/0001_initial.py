"""The first tables."""

from typing import Any

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[Any] = []

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=32)),
                ("token", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=150)),
                ("asked", models.DateTimeField()),
                ("finished", models.DateTimeField(null=True)),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("attempts", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("counts", models.TextField(default="{}")),
                ("files", models.TextField(default="[]")),
                ("problems", models.TextField(default="[]")),
            ],
            options={
                "indexes": [models.Index(fields=["case", "finished"], name="intake_open")],
            },
        ),
    ]
