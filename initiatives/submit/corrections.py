"""Corrections of published entries, by their owners and by anybody: proposed, never published by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from initiatives import moderation
from initiatives.models import Initiative, Revision
from initiatives.submit.abuse import refuse
from initiatives.submit.attachments import NEW_FILES
from initiatives.submit.correction_form import CorrectionForm
from initiatives.submit.form_page import Notice, answer_buttons, show_form, typed
from initiatives.submit.gone import keeps_what_was_typed
from initiatives.submit.tracking import private, submitter
from initiatives.tombstones import answers_when_taken_off, published
from initiatives.uploads.receiving import takes_files


def _kept(request: HttpRequest, entry: Initiative, notice: Notice) -> HttpResponse:
    base = CorrectionForm.base_of(request.POST, entry) or _newest(entry)
    return show_form(request, typed(request, base=base, showing=True), notice=notice, status=410)


@takes_files(NEW_FILES)
@private
@keeps_what_was_typed(_kept)
@answers_when_taken_off
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose another version of a published entry, with an account or without."""
    entry = published(slug)
    if request.method != "POST":
        known = {"name": request.user.name} if request.user.is_authenticated else {}
        return show_form(request, CorrectionForm.opened(_newest(entry), **known))
    base = CorrectionForm.base_of(request.POST, entry)
    if base is None:
        return _lost(request, entry)
    if answer := answer_buttons(request, base=base):
        return answer
    form = typed(request, base=base)
    if not form.is_valid():
        return show_form(request, form)
    if status := refuse(request, form, seed=form.seed):
        return show_form(request, form, status=status)
    given = submitter(request, form.cleaned_data)
    submission = moderation.submit(form.content(), submitter=given, seed=form.seed, base=base)
    messages.success(request, _("Thank you. Your correction is in the queue; a moderator will read it."))
    return redirect(submission.tracking_url)


def _newest(entry: Initiative) -> Revision:
    return Revision.objects.with_content().get(pk=entry.public.pk)


def _lost(request: HttpRequest, entry: Initiative) -> HttpResponse:
    """Show what was typed on a page that does not say any more which version it corrects."""
    text = _("Compare what is below with the entry as it is now, and send it again.")
    notice = Notice(_("We cannot tell which version you corrected."), text, entry.get_absolute_url(), _("The entry"))
    newest = _newest(entry)
    form = typed(request, base=newest, changes={"base_id": str(newest.pk)}, showing=True)
    return show_form(request, form, notice=notice)
