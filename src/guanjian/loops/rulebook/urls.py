"""The addresses of this loop, and the register of rules."""

from django.urls import path

from guanjian.loops.rulebook.views import DESK, register_of_rules
from guanjian.pages.urls import urls_for

app_name = "rulebook"
urlpatterns = [path("register/", register_of_rules, name="register"), *urls_for(DESK)]
