"""Addresses for moderators."""

from django.urls import path

from initiatives.moderate import restore, views

app_name = "moderate"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("restore/<slug:slug>/<int:number>/", restore.restore, name="restore"),
]
