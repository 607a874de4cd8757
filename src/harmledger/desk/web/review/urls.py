"""Addresses of the review room."""

from django.urls import include, path

from harmledger.desk.web.review import acts, forms, incident, journal, queue
from harmledger.desk.web.texts import files

app_name = "review"

urlpatterns = [
    path("", queue.show_queue, name="queue"),
    path("places", forms.show_places, name="places"),
    path("towns", forms.show_towns, name="towns"),
    path("journal", journal.show_journal, name="journal"),
    path("journal/check", journal.check_journal, name="journal-check"),
    path("journal.jsonl", journal.export_journal, name="journal-lines"),
    path("incidents/<slug:id>", incident.show_incident, name="incident"),
    path("incidents/<slug:id>/act", forms.show_act, name="act"),
    path("incidents/<slug:id>/judge", acts.judge, name="judge"),
    path("incidents/<slug:id>/sign", acts.sign, name="sign"),
    path("incidents/<slug:id>/build", acts.build, name="build"),
    path("incidents/<slug:id>/comment", acts.comment, name="comment"),
    path("incidents/<slug:id>/people", incident.show_presence, name="people"),
    path("incidents/<slug:id>/work", incident.show_work, name="work"),
    path("claims/", include("harmledger.desk.web.texts.claim_urls")),
    path("documents/", include("harmledger.desk.web.intake.urls")),
    path("files/<path:document>", files.give_file, name="file"),
    path("texts/", include("harmledger.desk.web.texts.urls")),
]
