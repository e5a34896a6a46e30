"""The trust room's addresses alone."""

from django.contrib import admin
from django.urls import include, path
from ninja import NinjaAPI

from hexi.core.trust.http import router
from hexi.core.trust.viewers import language_of
from hexi.kernel.errors import HexiError

api = NinjaAPI(docs_url=None, urls_namespace="trust-tests")
api.add_router("", router)


@api.exception_handler(HexiError)
def told(request, error):
    return api.create_response(request, error.document(language_of(request)), status=error.status)


urlpatterns = [path("", include("hexi.core.trust.urls")), path("api/", api.urls), path("admin/", admin.site.urls)]
