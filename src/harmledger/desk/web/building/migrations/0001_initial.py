"""The first tables."""

from typing import Any

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[Any] = []

    operations = [
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=32)),
                ("target", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(max_length=150)),
                ("asked", models.DateTimeField()),
                ("started", models.DateTimeField(null=True)),
                ("finished", models.DateTimeField(null=True)),
                ("step", models.CharField(blank=True, max_length=200)),
                ("effect", models.TextField(blank=True)),
                ("problem", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "finished"], name="building_open"),
                    models.Index(fields=["case", "target"], name="building_target"),
                ],
            },
        ),
    ]
