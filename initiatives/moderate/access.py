"""Who may sit at the desk, and which submissions they find there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import User
from initiatives import moderation
from initiatives.models import Remit, Submission


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send whoever is not signed in to do so, refuse whoever is no moderator, and say what is outside a remit."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except moderation.OutsideRemit:
            context = {"remit": Remit.objects.of(request.user)}  # type: ignore[arg-type]
            return render(request, "moderate/outside_remit.html", context, status=403)

    return never_cache(login_required(permission_required(moderation.MODERATE, raise_exception=True)(wrapped)))


def acts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `view` act on a POST alone; a GET is led to the page with its button.

    Whoever had to sign in again in the middle arrives by GET.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            page = reverse("moderate:review" if "pk" in kwargs else "moderate:queue", kwargs=kwargs, query=request.GET)
            return redirect(page)
        return view(request, *args, **kwargs)

    return wrapped


def find(moderator: User, pk: int) -> Submission:
    """Return a submission for the moderator who asks for it.

    Raises:
        Http404: there is none.
        OutsideRemit: it is for others to decide.
    """
    submissions = Submission.objects.select_related("initiative__owner", "member", "reviewer")
    submission = get_object_or_404(submissions, pk=pk)
    moderation.require_moderator(moderator, submission)
    return submission
