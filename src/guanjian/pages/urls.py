"""The addresses that every loop has: `<loop>:queue`, `<loop>:record`, `<loop>:step`, `<loop>:open`, `<loop>:proof`."""

from __future__ import annotations

from django.urls import URLPattern, path

from guanjian.pages import bulk, compartment, giving, kept, talking, views
from guanjian.pages.desk import Desk


def urls_for(desk: Desk) -> list[URLPattern]:
    """The patterns of one loop; its urls.py says `app_name = "<loop>"` and `urlpatterns = urls_for(DESK)`."""
    given = {"desk": desk}
    return [
        path("", views.queue, given, name="queue"),
        path("open/", views.open_one, given, name="open"),
        path("bulk/", bulk.bulk, given, name="bulk"),
        path("give/", giving.give, given, name="give_many"),
        path("views/keep/", kept.keep, given, name="keep_view"),
        path("views/<int:pk>/forget/", kept.forget, given, name="forget_view"),
        path("<int:pk>/", views.record, given, name="record"),
        path("<int:pk>/beside/comment/", talking.say, given, name="comment"),
        path("<int:pk>/beside/attachment/", talking.attach, given, name="attach"),
        path("<int:pk>/beside/attachment/<int:number>/", talking.file, given, name="file"),
        path("<int:pk>/beside/assignment/", talking.assign, given, name="give"),
        path("<int:pk>/sealed/<slug:what>/", compartment.act, given, name="sealed"),
        path("<int:pk>/<slug:name>/", views.step, given, name="step"),
        path("<int:pk>/proof/<int:entry>/", views.proof, given, name="proof"),
    ]
