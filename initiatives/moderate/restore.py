"""Making an earlier version of an entry the public one again: GET shows what would change, POST does it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation, versions
from initiatives.content import read
from initiatives.forms import TellingForm, TextField, VersionField
from initiatives.models import Revision
from initiatives.moderate.access import moderators_only
from initiatives.tombstones import answers_when_taken_off, published


class RestoreForm(TellingForm):
    """Why, and which public version was looked at."""

    public = VersionField()
    note = TextField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public, in the history of the entry."),
        error_messages={"required": gettext_lazy("Say why the earlier version is the better one.")},
    )


@moderators_only
@answers_when_taken_off
def restore(request: AuthenticatedHttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask, with the reason, and publish what an approved version said as a new one."""
    then = get_object_or_404(published(slug).revisions.numbered(number).with_content())
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _restored(then, form, by=request.user):
        messages.success(request, _("Version %(number)s is public again.") % {"number": number})
        return redirect("browse:entry", slug)
    entry = published(slug)
    changes = versions.changes(read(entry.public), read(then))
    if not changes:
        messages.info(request, _("The entry says this already."))
        return redirect(entry)
    if form.is_valid():
        text = _("The entry was changed while you were reading. Look at it below and decide again.")
        messages.warning(request, text)
    if not form.errors:
        form = RestoreForm(initial={"public": entry.current_id, "note": form["note"].value()})
    context = {"initiative": entry, "revision": entry.public, "then": then, "form": form, "changes": changes}
    return render(request, "moderate/restore.html", context)


def _restored(then: Revision, form: RestoreForm, *, by: User) -> bool:
    """Restore the version and return True, or False if the entry is not any more what was looked at."""
    data = form.cleaned_data
    try:
        moderation.restore(then, by=by, note=data["note"], public_id=data["public"])
    except moderation.IllegalTransition:
        return False
    return True
