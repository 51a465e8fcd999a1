"""The addresses of this loop, and the workload of districts."""

from django.urls import path

from guanjian.loops.posting.views import DESK, workloads
from guanjian.pages.urls import urls_for

app_name = "posting"
urlpatterns = [path("workload/", workloads, name="workload"), *urls_for(DESK)]
