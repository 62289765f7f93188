"""The page with the submission form, whatever it is filled in for, and the buttons on it that do not send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from initiatives import versions
from initiatives.content import read, write
from initiatives.models import Draft, Initiative, Revision, Submission
from initiatives.search.duplicates import LookAlike
from initiatives.submit.correction_form import CorrectionForm
from initiatives.submit.forms import SubmissionForm
from initiatives.submit.tracking import submitter


@dataclass(frozen=True)
class Notice:
    """What went otherwise than whoever sent the form expected, said above it; the link opens a window of its own."""

    title: str
    text: str
    url: str = ""
    action: str = ""


def typed(
    request: HttpRequest, *, base: Revision | None = None, changes: dict[str, str] | None = None, **options: Any
) -> SubmissionForm:
    """Return the form as it was sent, with other values for some fields; `options` are those of the form.

    Of a correction, `base` is the version that it corrects.
    """
    data = request.POST.copy()
    for name, value in (changes or {}).items():
        data[name] = value
    options["files"] = request.FILES
    return CorrectionForm(data, base=base, **options) if base else SubmissionForm(data, **options)


def show_form(
    request: HttpRequest,
    form: SubmissionForm,
    *,
    submission: Submission | None = None,
    draft: Draft | None = None,
    alike: list[LookAlike] | None = None,
    notice: Notice | None = None,
    action: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the form: for a new entry or a correction, for one that was begun as `draft`, or to change `submission`.

    It is sent to `action`, which unless given is this address or that of what it turned out to be about.
    """
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    tracked = submission or draft
    leave_url = reverse("submit:tracking", args=[token]) if token else tracked.tracking_url if tracked else ""
    if form.base and not tracked:
        leave_url = form.base.initiative.get_absolute_url()
    if tracked and not token:
        action = action or tracked.edit_url
    context = {
        "form": form,
        "submission": submission,
        "asked": submission.asked if submission else "",
        "draft": draft,
        "alike": alike or [],
        "notice": notice,
        "action": action or request.path,
        "leave_url": leave_url,
        # Where something went otherwise than expected, people choose what is kept.
        "autosave_url": "" if submission or notice or form.base else _autosave_url(request, draft),
    }
    template = "submit/correction.html" if form.base else "submit/form.html"
    return render(request, template, context, status=status)


def answer_buttons(
    request: HttpRequest,
    *,
    submission: Submission | None = None,
    draft: Draft | None = None,
    base: Revision | None = None,
) -> HttpResponse | None:
    """Answer the buttons that do not send the form: another line, preview, back from it; None for the others."""
    if "add" in request.POST:
        form = typed(request, base=base, showing=True, add=request.POST["add"])
        return show_form(request, form, submission=submission, draft=draft)
    if "back" in request.POST:
        return show_form(request, typed(request, base=base, showing=True), submission=submission, draft=draft)
    if "preview" in request.POST:
        form = typed(request, base=base)
        if form.is_valid():
            return preview(request, form, submission=submission)
        return show_form(request, form, submission=submission, draft=draft)
    return None


def preview(request: HttpRequest, form: SubmissionForm, *, submission: Submission | None = None) -> HttpResponse:
    """Show the public page as it would be, made by the same code and taken back."""
    given = submitter(request, form.cleaned_data)
    with transaction.atomic():
        initiative = Initiative.objects.create()
        revision = Revision.objects.with_content().get(pk=write(form.content(), initiative=initiative).pk)
        shown = submission or Submission(
            name=given.name, show_name=given.show_name, verified_at=revision.created_at if given.is_verified else None
        )
        if form.base:
            # Whoever corrects an entry is not named on its page.
            shown = form.base.initiative.founding_submission or shown
        sent = [
            (name, value)
            for name, values in form.typed.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "preview")
        ]
        context = {"revision": revision, "submission": shown, "typed": sent, "base": form.base}
        if form.base:
            context["changes"] = versions.changes(read(form.base), form.content())
        page = render_to_string("submit/preview.html", context, request)
        transaction.set_rollback(True)
    return HttpResponse(page)


def _autosave_url(request: HttpRequest, draft: Draft | None) -> str:
    """Return where the page's script saves what is typed; nothing where nobody asked for a draft yet."""
    if draft and draft.token:
        return reverse("submit:autosave_draft", args=[draft.token])
    return reverse("submit:autosave") if request.user.is_authenticated else ""
