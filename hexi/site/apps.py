"""The site: the only room that knows everybody."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hexi.site"
    label = "site"

    def ready(self) -> None:
        from hexi.core.data.api import register_checks
        from hexi.core.space.api import names
        from hexi.core.trust.api import furnish
        from hexi.kernel.catalogue import catalogue
        from hexi.modules.projects.api import use_printer
        from hexi.site.chromium import pdf_of
        from hexi.site.home import district
        from hexi.site.room import room

        catalogue.register(room)
        catalogue.close(*register_checks)
        use_printer(pdf_of)
        furnish(place_names=names, district=district)
