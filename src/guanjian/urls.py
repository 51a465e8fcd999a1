"""Every address of the console: the web's own, then one folder of addresses for each loop that is installed."""

from django.apps import apps
from django.urls import include, path

from guanjian.api.app import api

LOOPS = [config for config in apps.get_app_configs() if config.name.startswith("guanjian.loops.")]

urlpatterns = [
    path("", include("guanjian.web.urls")),
    path("facts/", include("guanjian.web.facts.urls")),
    path("api/", api.urls),
    *[path(f"{loop.label}/", include(f"{loop.name}.urls")) for loop in LOOPS],
]

handler400 = "guanjian.web.errors.unclear"
handler403 = "guanjian.web.errors.forbidden"
handler404 = "guanjian.web.errors.missing"
handler500 = "guanjian.web.errors.broken"
