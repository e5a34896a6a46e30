"""Addresses of the trust room outside the API: include them at the root, ahead of /api/ and /admin/."""

from django.urls import path
from django.views.generic import RedirectView

from hexi.core.trust.ledger.views import log_file
from hexi.core.trust.oidc import Authenticate, Callback

urlpatterns = [
    path("ledger/verify", RedirectView.as_view(url="/ledger/verify.html")),  # of the built web, which is served ahead of these
    path("ledger/<path:path>", log_file, name="log_file"),
    path("api/oidc/authenticate/", Authenticate.as_view(), name="oidc_authenticate"),
    path("api/oidc/callback/", Callback.as_view(), name="oidc_callback"),
    path("admin/login/", RedirectView.as_view(url="/work/", query_string=True)),  # Django's own page has no brakes on guessing
]
