"""The pages that say what the catalogue is and how it works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.caching import public
from initiatives.queue_figures import figures


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the catalogue is, who may submit, whose data it stands on."""
    return render(request, "about/about.html")


@public
@require_safe
def submitting(request: HttpRequest) -> HttpResponse:
    """What to write, what happens then, and how to change it later."""
    return render(request, "about/submitting.html")


@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """By which criteria moderators decide, and how long that takes at present."""
    return render(request, "about/moderation.html", {"figures": figures()})


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """How to follow the catalogue and to take its data away."""
    example = reverse("exchange:export_json") + "?country=UG&status=ongoing"
    return render(request, "about/data.html", {"example": example})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, for how long, and who sees it."""
    return render(request, "about/privacy.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the site is for people with disabilities, what is missing, and whom to tell."""
    return render(request, "about/accessibility.html")
