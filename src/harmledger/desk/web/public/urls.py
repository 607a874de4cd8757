"""Addresses of the record's pages: the same as in a publication that opens from disk."""

from django.urls import path, re_path

from harmledger.desk.web.public import views

app_name = "public"

urlpatterns = [
    path("", views.show_index, name="index"),
    path("index.html", views.show_index, name="index-file"),
    re_path(r"^incidents/(?P<stem>[0-9a-f]{8,64})\.html\Z", views.show_incident, name="incident"),
    re_path(r"^list/(?P<month>\d{4}-\d\d|undated)\.html\Z", views.show_month, name="month"),
    re_path(
        r"^(?P<folder>data|feeds)/(?P<name>[A-Za-z0-9-]{1,80}\.(?:csv|geojson|jsonl?|md|xml))\Z",
        views.give_file,
        name="file",
    ),
    path("totals.html", views.show_totals, name="totals"),
    path("facilities.html", views.show_facilities, name="facilities"),
    path("sources.html", views.show_sources, name="sources"),
    path("method.html", views.show_method, name="method"),
]
