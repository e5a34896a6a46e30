"""The web process: `granian --interface wsgi hexi.site.wsgi:application`."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
application = get_wsgi_application()
import_module("hexi.site.urls")
# What is loaded by now stays for good. Else every full collection walks through all of it: a tenth of a second of somebody's request.
gc.freeze()
