"""Accounts are closed case by case: those that were closed before are closed in each of theirs."""

from typing import Any

from django.db import migrations, models


def _close_each(apps: Any, _: Any) -> None:
    closed = apps.get_model("accounts", "Account").objects.filter(is_active=False)
    apps.get_model("accounts", "Membership").objects.filter(account__in=closed).update(is_open=False)
    closed.update(is_active=True)


class Migration(migrations.Migration):
    dependencies = (("accounts", "0001_initial"),)

    operations = (
        migrations.AddField(model_name="membership", name="is_open", field=models.BooleanField(default=True)),
        migrations.RunPython(_close_each, migrations.RunPython.noop),
    )
