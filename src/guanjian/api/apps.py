"""The API as a Django application; it also connects the loops, because every process of the office loads it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "guanjian.api"
    label = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        from guanjian import wiring

        wiring.connect()
