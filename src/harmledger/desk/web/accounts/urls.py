"""Addresses of signing in, and of accounts."""

from django.urls import path

from harmledger.desk.web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("code", views.give_code, name="code"),
    path("second-factor", views.set_up_factor, name="setup"),
    path("", views.show_own, name="own"),
    path("all", views.list_accounts, name="list"),
    path("all/<int:key>", views.change_account, name="change"),
]
