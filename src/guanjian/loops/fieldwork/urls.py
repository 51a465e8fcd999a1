"""The addresses of 外勤作业; `<id>/site/` and what the page on site speaks to are for the job's own officers."""

from django.urls import path

from guanjian.loops.fieldwork import on_site
from guanjian.loops.fieldwork.views import DESK
from guanjian.pages.urls import urls_for

app_name = "fieldwork"
urlpatterns = [
    path("worker.js", on_site.worker, name="worker"),
    path("<int:pk>/site/", on_site.site, name="site"),
    path("<int:pk>/site/standing/", on_site.standing, name="standing"),
    path("<int:pk>/site/take/", on_site.take, name="take"),
    path("<int:pk>/site/items/", on_site.items, name="items"),
    path("<int:pk>/file/<slug:digest>/", on_site.file, name="file"),
    *urls_for(DESK),
]
