"""The addresses of 预警处置."""

from django.urls import path

from guanjian.loops.alert.views import DESK, signals
from guanjian.pages.urls import urls_for

app_name = "alert"
urlpatterns = [path("signals/", signals, name="signals"), *urls_for(DESK)]
