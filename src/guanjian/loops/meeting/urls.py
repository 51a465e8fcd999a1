"""The addresses of this loop, and the risks that customs and police share."""

from django.urls import path

from guanjian.loops.meeting.views import DESK, shared
from guanjian.pages.urls import urls_for

app_name = "meeting"
urlpatterns = [path("shared/", shared, name="shared"), *urls_for(DESK)]
