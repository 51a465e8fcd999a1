"""The addresses of this loop."""

from guanjian.loops.inquiry.views import DESK
from guanjian.pages.urls import urls_for

app_name = "inquiry"
urlpatterns = urls_for(DESK)
