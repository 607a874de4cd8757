"""Addresses of texts, within those of the review room."""

from django.urls import path

from harmledger.desk.web.texts import views

urlpatterns = [
    path("<path:document>", views.show_text, name="text"),
]
