"""The addresses of this loop."""

from guanjian.loops.task.views import DESK
from guanjian.pages.urls import urls_for

app_name = "task"
urlpatterns = urls_for(DESK)
