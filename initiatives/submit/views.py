"""The submission form: new, from a draft, and again while it is not decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from initiatives import moderation, versions
from initiatives.content import read
from initiatives.models import Draft, Revision, Submission, new_seed, token_hash
from initiatives.search.duplicates import entries_like
from initiatives.submit import drafts
from initiatives.submit.abuse import refuse
from initiatives.submit.attachments import NEW_FILES
from initiatives.submit.correction_form import CorrectionForm
from initiatives.submit.form_page import Notice, answer_buttons, show_form, typed
from initiatives.submit.forms import SubmissionForm
from initiatives.submit.places import suggest_cities
from initiatives.submit.tracking import acting, find, private, submitter
from initiatives.submit.translating import show_translation
from initiatives.submit.translation_form import TranslationForm
from initiatives.uploads.receiving import takes_files

#: For so long (seconds) the same change sent again is taken for the second of two clicks.
SECOND_CLICK = 60


def _shown_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the browser of a stranger show again, when they go back, what they typed and saw; nobody else keeps it.

    What a member saw is kept nowhere: they have drafts, and when they sign out the next one at the machine goes back.
    """

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        response = view(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return wrapped


@takes_files(NEW_FILES)
@_shown_again
def new(request: HttpRequest) -> HttpResponse:
    """Tell about an initiative, with an account or without."""
    if request.method != "POST":
        known = {"name": request.user.name} if request.user.is_authenticated else {}
        return show_form(request, SubmissionForm(initial=known))
    begun = drafts.begun_on(typed(request, showing=True))
    if isinstance(begun, Submission):
        return _sent_already(request, begun)
    return _write(request, begun)


@takes_files(NEW_FILES)
@private
def edit(request: HttpRequest, token: str) -> HttpResponse:
    """Go on with a draft, or change a submission that is not decided yet."""
    if draft := drafts.find(token):
        if request.method == "POST":
            return _write(request, draft)
        drafts.opened(draft, by=request.user)
        return show_form(request, drafts.form_of(draft), draft=draft)
    is_draft_page = request.method == "POST" and request.POST.get("draft")
    if is_draft_page and not Submission.objects.filter(token_hash=token_hash(token)).exists():
        return _thrown_away(request)
    submission = find(token)
    if is_draft_page:
        return _sent_already(request, submission)
    return (_change if request.method == "POST" else _open)(request, token, submission)


@require_GET
def cities(request: HttpRequest) -> JsonResponse:
    """Offer cities of the gazetteer whose name begins with `q`."""
    return JsonResponse({"names": suggest_cities(request.GET.get("q", "")[:100])})


# ---- A new entry, begun as a draft or not ----------------------------------


def _write(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    """Take what was typed for a new entry: save it, show it, or send it."""
    if answer := answer_buttons(request, draft=draft):
        return answer
    try:
        return _save(request, draft) if "save" in request.POST else _send(request, draft)
    except drafts.SavedElsewhere as elsewhere:
        return _saved_elsewhere(request, elsewhere.draft)
    except Draft.DoesNotExist:
        sent = draft and Submission.objects.filter(seed=draft.seed).first()
        return _sent_already(request, sent) if sent else _thrown_away(request)


def _save(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    form = typed(request, showing=True)
    if draft is None and (status := refuse(request, form)):
        return show_form(request, form, status=status)
    try:
        draft = drafts.save(form, by=request.user, draft=draft)
    except drafts.TooLong as error:
        form.add_error(None, error.sentence)
        return show_form(request, form, draft=draft)
    messages.success(request, _("Your draft is saved. Nobody else sees it, and nothing of it is sent yet."))
    if form.error_items:
        # A file was refused, and is not in it.
        return show_form(request, typed(request, changes={"draft": str(draft.version)}, showing=True), draft=draft)
    return redirect(draft.tracking_url)


def _send(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    form = typed(request)
    if not form.is_valid():
        return show_form(request, form, draft=draft)
    content = form.content()
    alike = [] if "seen_alike" in request.POST else entries_like(content)
    if alike:
        return show_form(request, form, draft=draft, alike=alike)
    seed = draft.seed if draft else form.seed
    if status := refuse(request, form, seed=seed):
        return show_form(request, form, draft=draft, status=status)
    with transaction.atomic():
        if draft:
            draft = drafts.lock(draft, form)
        given = submitter(request, form.cleaned_data)
        submission = moderation.submit(content, submitter=given, seed=seed, draft=draft)
    messages.success(request, _("Thank you. Your submission is in the queue; a moderator will read it."))
    return redirect(submission.tracking_url)


def _saved_elsewhere(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what was typed beside the way to what another page saved; the next press keeps what is below."""
    text = _(
        "Other answers were saved in it (%(when)s): by you in another window, or by whoever else has its link. "
        "What you typed here is below and not saved yet. Press “Save draft” or “Submit for review” again "
        "if it should replace what was saved."
    ) % {"when": date_format(localtime(draft.saved_at), "DATETIME_FORMAT")}
    notice = Notice(_("The draft was changed elsewhere."), text, draft.edit_url, _("Look at what was saved"))
    form = typed(request, changes={"draft": str(draft.version)}, showing=True)
    return show_form(request, form, draft=draft, notice=notice)


def _thrown_away(request: HttpRequest) -> HttpResponse:
    """Show what was typed into a draft that is gone, as what a new entry may say."""
    text = _("It was thrown away, or deleted after a long time. What you typed is below: save it anew, or submit it.")
    form = typed(request, changes={"draft": "", "key": new_seed()[:32]}, showing=True)
    notice = Notice(_("This draft does not exist any more."), text)
    return show_form(request, form, notice=notice, action=reverse("submit:new"), status=404)


def _sent_already(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Answer the page of a draft that was sent from elsewhere: nothing is sent twice, nothing typed is lost."""
    if answer := answer_buttons(request):
        return answer
    form = typed(request)
    if "save" not in request.POST and form.is_valid() and _says_what_was_sent(form, submission):
        return redirect(submission.tracking_url)
    text = _("It was sent on %(date)s and stands here: %(status)s. What is below says something else and is not sent.")
    text %= {"date": date_format(localtime(submission.created_at), "DATE_FORMAT"), "status": submission.status_label}
    if submission.is_open:
        text += " " + _("Press “Submit for review” to send it as a new version.")
    notice = Notice(_("This draft is sent already."), text, submission.tracking_url, _("See where it stands"))
    form = typed(request, changes={"draft": "", "revision": str(submission.revision_id)}, showing=True)
    return show_form(request, form, submission=submission, notice=notice)


def _says_what_was_sent(form: SubmissionForm, submission: Submission) -> bool:
    sent = submission.decisions.order_by("pk")[0].revision
    return not versions.changed_parts(read(sent), form.content())


# ---- A submission that is not decided yet ----------------------------------


def _open(request: HttpRequest, token: str, submission: Submission) -> HttpResponse:
    if not submission.is_open:
        messages.info(request, _("This submission can no longer be changed."))
        return redirect("submit:tracking", token)
    if not submission.proposes:
        messages.info(request, _("What is written here cannot be changed. Add what is missing in a message."))
        return redirect("submit:tracking", token)
    content, initial = read(_loaded(submission.revision)), {"revision": submission.revision_id}
    if submission.base:
        base = _loaded(submission.base)
        if language := versions.translated(read(base), content):
            translation = TranslationForm(base=base, language=language, content=content, initial=initial)
            return show_translation(request, translation, submission=submission)
        correction = CorrectionForm(content=content, base=base, initial=initial)
        return show_form(request, correction, submission=submission)
    return show_form(request, SubmissionForm(content=content, initial=initial), submission=submission)


def _change(request: HttpRequest, token: str, submission: Submission) -> HttpResponse:
    base = _loaded(submission.base) if submission.base else None
    if base and (language := versions.translated(read(base), read(_loaded(submission.revision)))):
        translation = TranslationForm(request.POST, base=base, language=language)
        if not (translation.is_valid() and _resubmit(translation, submission, by=acting(request, submission))):
            return show_translation(request, translation, submission=submission)
        return _changed(request, token)
    if answer := answer_buttons(request, submission=submission, base=base):
        return answer
    form = typed(request, base=base)
    if not (form.is_valid() and _resubmit(form, submission, by=acting(request, submission))):
        return show_form(request, form, submission=submission)
    return _changed(request, token)


def _changed(request: HttpRequest, token: str) -> HttpResponse:
    messages.success(request, _("Thank you. The new version is in the queue."))
    return redirect("submit:tracking", token)


def _loaded(revision: Revision) -> Revision:
    return Revision.objects.with_content().get(pk=revision.pk)


def _resubmit(form: SubmissionForm | TranslationForm, submission: Submission, *, by: User | None) -> bool:
    """Put the new version into the queue and return True, or say in the form why that cannot be."""
    sent = f"resubmitted:{form.seed or new_seed()}"
    edited, content = form.cleaned_data["revision"], form.content()
    try:
        with transaction.atomic():
            moderation.resubmit(submission, content, by=by, revision_id=edited)
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
