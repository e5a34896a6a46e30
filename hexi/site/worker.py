"""Entry of the worker process: `python -m hexi.site.worker`."""

import os

import django


def main() -> None:
    """Set Django up, then work until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.site.settings")
    django.setup()
    from hexi.site.jobs import run

    run()


if __name__ == "__main__":
    main()
