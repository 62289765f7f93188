"""The addresses of the usual Django site: the same as ours."""

from django.urls import path

from bench.speed.usual.views import InitiativeDetail, InitiativeList

urlpatterns = [
    path("initiatives/", InitiativeList.as_view()),
    path("initiatives/<slug:slug>/", InitiativeDetail.as_view()),
]
