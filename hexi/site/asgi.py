"""The stream process: `granian --interface asgi hexi.site.asgi:application`."""

import os

from hexi.site.opening import open_rooms

open_rooms()

from hexi.site.stream.app import Stream  # noqa: E402 - the settings come first

application = Stream(limit=int(os.environ.get("HEXI_STREAM_CLIENTS", "2000")))
