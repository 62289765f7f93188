"""Translations of published entries: each a correction that changes that translation alone."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives import moderation
from initiatives.models import Initiative, Revision, Submission, language_name
from initiatives.submit.abuse import refuse
from initiatives.submit.correction_form import CorrectionForm
from initiatives.submit.form_page import Notice
from initiatives.submit.gone import keeps_what_was_typed
from initiatives.submit.tracking import private, submitter
from initiatives.submit.translation_form import TranslationForm
from initiatives.tombstones import answers_when_taken_off, published


def _kept(request: HttpRequest, entry: Initiative, notice: Notice) -> HttpResponse:
    language = request.resolver_match.kwargs["language"] if request.resolver_match else ""
    return show_translation(request, _typed(request, entry, language), notice=notice, status=410)


@private
@keeps_what_was_typed(_kept)
@answers_when_taken_off
def translate(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Propose what an entry says in another language, or another wording of that, with an account or without."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    entry = published(slug)
    if entry.public.language == language:
        return _own_language(request, entry, language)
    if request.method != "POST":
        return show_translation(request, TranslationForm(base=_newest(entry), language=language))
    base = CorrectionForm.base_of(request.POST, entry)
    if base is None or base.language == language:
        return _lost(request, entry, language)
    form = TranslationForm(request.POST, base=base, language=language)
    if not form.is_valid():
        return show_translation(request, form)
    if status := refuse(request, form, seed=form.seed):
        return show_translation(request, form, status=status)
    name = request.user.name if request.user.is_authenticated else ""
    who = {"name": name, "show_name": False, "organisation": "", "email": form.cleaned_data["email"]}
    given = submitter(request, who)
    submission = moderation.submit(form.content(), submitter=given, seed=form.seed, base=base)
    messages.success(request, _("Thank you. Your translation is in the queue; a moderator will read it."))
    return redirect(submission.tracking_url)


def show_translation(
    request: HttpRequest,
    form: TranslationForm,
    *,
    submission: Submission | None = None,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form: for a new translation, or to change the one that was sent as `submission`."""
    entry = form.base.initiative
    context = {
        "form": form,
        "submission": submission,
        "asked": submission.asked if submission else "",
        "initiative": entry,
        "revision": entry.public,
        "language": language_name(form.language),
        "notice": notice,
        "leave_url": submission.tracking_url if submission else entry.get_absolute_url(),
    }
    return render(request, "submit/translate.html", context, status=status)


def _newest(entry: Initiative) -> Revision:
    return Revision.objects.with_content().get(pk=entry.public.pk)


def _own_language(request: HttpRequest, entry: Initiative, language: str) -> HttpResponse:
    """Lead to where the text itself is corrected; what was typed before it was in this language stays on the page."""
    text = _("This entry is written in %(language)s. Correct its text here.") % {"language": language_name(language)}
    if request.method == "POST":
        notice = Notice(text, "", reverse("submit:correct", args=[entry.slug]), _("Suggest a correction"))
        return show_translation(request, _typed(request, entry, language), notice=notice, status=409)
    messages.info(request, text)
    return redirect("submit:correct", entry.slug)


def _typed(request: HttpRequest, entry: Initiative, language: str) -> TranslationForm:
    """Return what was typed, beside the version that was translated."""
    base = CorrectionForm.base_of(request.POST, entry) or _newest(entry)
    return TranslationForm(request.POST, base=base, language=language)


def _lost(request: HttpRequest, entry: Initiative, language: str) -> HttpResponse:
    """Show what was typed on a page that does not say any more which version it translates."""
    base = _newest(entry)
    data = request.POST.copy()
    data["base_id"] = str(base.pk)
    text = _("Compare what is below with the entry as it is now, and send it again.")
    notice = Notice(_("We cannot tell which version you translated."), text, entry.get_absolute_url(), _("The entry"))
    return show_translation(request, TranslationForm(data, base=base, language=language), notice=notice)
