"""Addresses for moderators."""

from django.urls import path

from initiatives.moderate import bulk, decide, hold, merge, queue, restore, review, talk, undo

app_name = "moderate"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", queue.take_next, name="next"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("merge/", merge.merge, name="merge"),
    path("restore/<slug:slug>/<int:number>/", restore.restore, name="restore"),
    path("<int:pk>/", review.review, name="review"),
    path("<int:pk>/decide/", decide.decide, name="decide"),
    path("<int:pk>/hold/", hold.hold, name="hold"),
    path("<int:pk>/put-back/", hold.put_back, name="put_back"),
    path("<int:pk>/say/", talk.say, name="say"),
    path("<int:pk>/undo/<slug:step>/", undo.undo, name="undo"),
]
