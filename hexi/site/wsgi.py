"""The web process: `granian --interface wsgi hexi.site.wsgi:application`."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from hexi.site.opening import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
with loading():
    application = get_wsgi_application()
    import_module("hexi.site.urls")  # Django would load them at the first call, while somebody waits
