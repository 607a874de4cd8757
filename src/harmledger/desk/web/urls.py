"""Every address of the desk. Pages stand under their language (/ar/…), English under none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from harmledger.desk.web import assets, faults
from harmledger.desk.web.api.routing import open_addresses
from harmledger.desk.web.api.views import api

urlpatterns = [
    path("assets/<slug:digest>/<str:name>", assets.show_asset, name="asset"),
    path("api/v1/", open_addresses(api)),
    *i18n_patterns(
        path("account/", include("harmledger.desk.web.accounts.urls")),
        path("review/", include("harmledger.desk.web.review.urls")),
        path("", include("harmledger.desk.web.public.urls")),
        prefix_default_language=False,
    ),
]

handler400 = faults.show_refused
handler403 = faults.show_forbidden
handler404 = faults.show_missing
handler500 = faults.show_broken
