"""Addresses of claims that people add, and of received files, within those of the review room."""

from django.urls import path

from harmledger.desk.web.texts import claiming

urlpatterns = [
    path("add", claiming.show_form, name="claim"),
    path("record", claiming.add_claim, name="add-claim"),
    path("take-back", claiming.take_back, name="take-back"),
    path("building", claiming.show_building, name="building"),
]
