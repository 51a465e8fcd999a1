"""The addresses of this loop."""

from guanjian.loops.appraisal.views import DESK
from guanjian.pages.urls import urls_for

app_name = "appraisal"
urlpatterns = urls_for(DESK)
