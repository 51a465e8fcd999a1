"""The console as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "guanjian.web"
    label = "web"
    verbose_name = "控制台"

    def ready(self) -> None:
        from guanjian.web import signin

        signin.listen()
