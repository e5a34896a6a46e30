"""The site with the sample kinds of cases, and the registers that their rules are on, beside its own."""

from hexi.site.settings import *  # noqa: F403
from hexi.site.settings import INSTALLED_APPS as APPS

_before = APPS.index("hexi.site")  # it closes the catalogue
INSTALLED_APPS = [*APPS[:_before], "hexi.core.data.tests.samples", "hexi.modules.cases.tests.samples", *APPS[_before:]]
