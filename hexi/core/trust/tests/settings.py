"""The trust room alone."""

from hexi.site.settings import *  # noqa: F403
from hexi.site.settings import INSTALLED_APPS as ALL

INSTALLED_APPS = ["hexi.core.trust", *(name for name in ALL if name.startswith("django.contrib"))]
ROOT_URLCONF = "hexi.core.trust.tests.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
