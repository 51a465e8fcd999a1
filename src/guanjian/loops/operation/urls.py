"""The addresses of this loop."""

from guanjian.loops.operation.views import DESK
from guanjian.pages.urls import urls_for

app_name = "operation"
urlpatterns = urls_for(DESK)
