"""The addresses of this loop; `<id>/paper/` is for the person who sits it."""

from django.urls import path

from guanjian.loops.training.views import DESK, paper
from guanjian.pages.urls import urls_for

app_name = "training"
urlpatterns = [path("<int:pk>/paper/", paper, name="paper"), *urls_for(DESK)]
