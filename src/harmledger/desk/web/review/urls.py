"""Addresses of the review room."""

from django.urls import include, path

app_name = "review"

urlpatterns = [
    path("texts/", include("harmledger.desk.web.texts.urls")),
]
