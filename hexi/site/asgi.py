"""The stream process: `granian --interface asgi hexi.site.asgi:application`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
django.setup()

from hexi.site.stream.app import Stream  # noqa: E402 - the settings come first

application = Stream(limit=int(os.environ.get("HEXI_STREAM_CLIENTS", "2000")))
