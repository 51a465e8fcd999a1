"""The addresses of this loop."""

from guanjian.loops.course.views import DESK
from guanjian.pages.urls import urls_for

app_name = "course"
urlpatterns = urls_for(DESK)
