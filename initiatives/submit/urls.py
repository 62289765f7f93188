"""Addresses for whoever submits."""

from django.urls import path

from initiatives.submit import alike, corrections, drafting, requests, tracking, translating, views

app_name = "submit"
urlpatterns = [
    path("submit/", views.new, name="new"),
    path("submit/draft/", drafting.autosave, name="autosave"),
    path("submit/alike/", alike.alike, name="alike"),
    path("submit/cities/", views.cities, name="cities"),
    path("initiatives/<slug:slug>/correct/", corrections.correct, name="correct"),
    path("initiatives/<slug:slug>/translate/<slug:language>/", translating.translate, name="translate"),
    path("initiatives/<slug:slug>/claim/", requests.claim, name="claim"),
    path("initiatives/<slug:slug>/report/", requests.report, name="report"),
    path("submissions/confirm/<str:value>/", tracking.confirm, name="confirm"),
    path("submissions/<str:token>/", tracking.page, name="tracking"),
    path("submissions/<str:token>/edit/", views.edit, name="edit"),
    path("submissions/<str:token>/draft/", drafting.autosave, name="autosave_draft"),
    path("submissions/<str:token>/discard/", drafting.discard, name="discard"),
    path("submissions/<str:token>/answer/", tracking.answer, name="answer"),
    path("submissions/<str:token>/withdraw/", tracking.withdraw, name="withdraw"),
    path("submissions/<str:token>/hide-name/", tracking.hide_name, name="hide_name"),
    path("submissions/<str:token>/confirmation/", tracking.send_confirmation, name="send_confirmation"),
    path("accounts/submissions/", tracking.mine, name="mine"),
]
