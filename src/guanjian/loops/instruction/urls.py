"""The addresses of this loop, and how instructions have done so far."""

from django.urls import path

from guanjian.loops.instruction.views import DESK, results
from guanjian.pages.urls import urls_for

app_name = "instruction"
urlpatterns = [path("results/", results, name="results"), *urls_for(DESK)]
