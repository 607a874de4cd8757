"""Addresses of handing in, within those of the review room."""

from django.urls import path

from harmledger.desk.web.intake import views

urlpatterns = [
    path("", views.show_documents, name="documents"),
    path("files", views.give_files, name="give-files"),
    path("text", views.give_text, name="give-text"),
    path("addresses", views.give_addresses, name="give-addresses"),
    path("retry", views.retry, name="retry"),
    path("unread", views.show_unread, name="unread"),
    path("<int:key>", views.show_delivery, name="delivery"),
]
