"""The site: the only room that knows everybody."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hexi.site"
    label = "site"

    def ready(self) -> None:
        from hexi.core.space.api import names
        from hexi.core.trust.api import furnish
        from hexi.kernel.catalogue import catalogue
        from hexi.site.home import district
        from hexi.site.room import room

        catalogue.register(room)
        catalogue.close()
        furnish(place_names=names, district=district)
