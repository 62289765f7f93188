"""The submission form: new, and again while it is not decided."""

from __future__ import annotations

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.models import User
from initiatives import moderation
from initiatives.content import read, write
from initiatives.models import Initiative, Revision, Submission, new_seed
from initiatives.search.duplicates import entries_like
from initiatives.submit.abuse import refuse
from initiatives.submit.forms import SubmissionForm
from initiatives.submit.places import suggest_cities
from initiatives.submit.tracking import acting, find, private, submitter

#: For so long (seconds) the same change sent again is taken for the second of two clicks.
SECOND_CLICK = 60


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Tell about an initiative, with an account or without."""
    if request.method != "POST":
        return _show(request, SubmissionForm(initial=_known(request)))
    if answer := _intermediate(request):
        return answer
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    content = form.content()
    alike = [] if "seen_alike" in request.POST else entries_like(content)
    if alike:
        return _show(request, form, alike=alike)
    if status := refuse(request, form):
        answer = _show(request, form)
        answer.status_code = status
        return answer
    submission = moderation.submit(content, submitter=submitter(request, form.cleaned_data), seed=form.seed)
    messages.success(request, _("Thank you. Your submission is in the queue; a moderator will read it."))
    return redirect(submission.tracking_url)


@private
def edit(request: HttpRequest, token: str) -> HttpResponse:
    """Change a submission that is not decided yet."""
    submission = find(token)
    if request.method != "POST" and not submission.is_open:
        messages.info(request, _("This submission can no longer be changed."))
        return redirect("submit:tracking", token)
    if request.method != "POST":
        revision = _revision(submission.revision_id)
        form = SubmissionForm(content=read(revision), initial={"revision": revision.pk})
        return _show(request, form, submission=submission)
    if answer := _intermediate(request, submission=submission):
        return answer
    form = SubmissionForm(request.POST)
    if not (form.is_valid() and _resubmit(form, submission, by=acting(request, submission))):
        return _show(request, form, submission=submission)
    messages.success(request, _("Thank you. The new version is in the queue."))
    return redirect("submit:tracking", token)


def _resubmit(form: SubmissionForm, submission: Submission, *, by: User | None) -> bool:
    """Put the new version into the queue and return True, or say in the form why that cannot be."""
    sent = f"resubmitted:{form.seed or new_seed()}"
    edited = form.cleaned_data["revision"]
    try:
        with transaction.atomic():
            moderation.resubmit(submission, form.content(), by=by, revision_id=edited)
            cache.set(sent, True, SECOND_CLICK)
    except moderation.IllegalTransition:
        if cache.get(sent):
            return True
        late = _(
            "This submission was changed or decided since you opened this page. What you typed is still below; "
            "open the submission again to see how it stands now."
        )
        form.add_error(None, late)
        return False
    return True


@require_GET
def cities(request: HttpRequest) -> JsonResponse:
    """Offer cities of the gazetteer whose name begins with `q`."""
    return JsonResponse({"names": suggest_cities(request.GET.get("q", "")[:100])})


def _intermediate(request: HttpRequest, *, submission: Submission | None = None) -> HttpResponse | None:
    """Answer the buttons that do not send the form: another line, preview, back from it."""
    if "add" in request.POST:
        form = SubmissionForm(request.POST, showing=True, add=request.POST["add"])
        return _show(request, form, submission=submission)
    if "back" in request.POST:
        return _show(request, SubmissionForm(request.POST, showing=True), submission=submission)
    if "preview" in request.POST:
        form = SubmissionForm(request.POST)
        shown = _preview if form.is_valid() else _show
        return shown(request, form, submission=submission)
    return None


def _preview(request: HttpRequest, form: SubmissionForm, *, submission: Submission | None) -> HttpResponse:
    """Show the public page as it would be, made by the same code and taken back."""
    given = submitter(request, form.cleaned_data)
    with transaction.atomic():
        initiative = Initiative.objects.create()
        revision = _revision(write(form.content(), initiative=initiative).pk)
        shown = submission or Submission(
            name=given.name, show_name=given.show_name, verified_at=revision.created_at if given.is_verified else None
        )
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "preview")
        ]
        context = {"revision": revision, "submission": shown, "typed": typed}
        page = render_to_string("submit/preview.html", context, request)
        transaction.set_rollback(True)
    return HttpResponse(page)


def _revision(pk: int) -> Revision:
    return Revision.objects.with_content().get(pk=pk)


def _known(request: HttpRequest) -> dict[str, object]:
    return {"name": request.user.name} if request.user.is_authenticated else {}


def _show(
    request: HttpRequest,
    form: SubmissionForm,
    *,
    submission: Submission | None = None,
    alike: list[Initiative] | None = None,
) -> HttpResponse:
    return render(
        request,
        "submit/form.html",
        {"form": form, "submission": submission, "alike": [_candidate(each) for each in alike or []]},
    )


def _candidate(initiative: Initiative) -> dict[str, str]:
    revision = initiative.public
    return {
        "title": revision.title,
        "url": initiative.get_absolute_url(),
        "where": revision.where,
        "language": revision.language,
        "direction": revision.direction,
    }
