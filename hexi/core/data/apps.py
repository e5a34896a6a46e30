"""The data room as a Django app."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    name = "hexi.core.data"
    label = "data"
