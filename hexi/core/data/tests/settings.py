"""The site with the sample registers beside its own: what the whole suite runs on."""

from hexi.site.settings import *  # noqa: F403
from hexi.site.settings import INSTALLED_APPS as APPS
from hexi.site.settings import PASSWORD_HASHERS as HASHERS

_before = APPS.index("hexi.site")  # it closes the catalogue
SAMPLES = (
    "hexi.core.data.tests.samples", "hexi.modules.cases.tests.samples", "hexi.modules.alarms.tests.samples",
    "hexi.core.sensing.tests.apps.SensingSamplesConfig",
)  # fmt: skip
INSTALLED_APPS = [*APPS[:_before], *SAMPLES, *APPS[_before:]]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *HASHERS]  # quick: hundreds of accounts are made
