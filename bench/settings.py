"""The site with the sample kinds of cases beside its own."""

from hexi.site.settings import *  # noqa: F403
from hexi.site.settings import INSTALLED_APPS as APPS

_before = APPS.index("hexi.site")  # it closes the catalogue
INSTALLED_APPS = [*APPS[:_before], "hexi.modules.cases.tests.samples", *APPS[_before:]]
