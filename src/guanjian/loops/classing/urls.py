"""The addresses of this loop, and the classes in force on a day."""

from django.urls import path

from guanjian.loops.classing.views import DESK, table
from guanjian.pages.urls import urls_for

app_name = "classing"
urlpatterns = [path("table/", table, name="table"), *urls_for(DESK)]
