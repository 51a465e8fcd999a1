"""The addresses of this loop."""

from django.urls import path

from guanjian.loops.indicator.views import DESK, words
from guanjian.pages.urls import urls_for

app_name = "indicator"
urlpatterns = [path("words/", words, name="words"), *urls_for(DESK)]
