"""The addresses of this loop, and the case information base."""

from django.urls import path

from guanjian.loops.case.views import DESK, library
from guanjian.pages.urls import urls_for

app_name = "case"
urlpatterns = [path("base/", library, name="base"), *urls_for(DESK)]
