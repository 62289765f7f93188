"""What anybody may ask about a published entry without proposing a version: a claim to it, a report on it."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Kind
from initiatives.forms import TellingForm, TextField
from initiatives.models import Initiative, Submission
from initiatives.submit.abuse import ShownField, TrapField, refuse, seed_of
from initiatives.submit.form_page import Notice
from initiatives.submit.gone import keeps_what_was_typed
from initiatives.submit.tracking import private, submitter
from initiatives.tombstones import answers_when_taken_off, published

#: What may be wrong with an entry.
PROBLEMS = {
    "facts": gettext_lazy("Facts that are wrong or out of date"),
    "link": gettext_lazy("A link that does not work"),
    "private": gettext_lazy("Something that should not be public"),
    "other": gettext_lazy("Something else"),
}


def _text(**kwargs: Any) -> TextField:
    return TextField(max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)


class _RequestForm(TellingForm):
    """What is asked about an entry, once: the page's key makes two clicks one."""

    key = TextField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, entry: Initiative) -> None:
        super().__init__(data, initial={"key": secrets.token_hex(16)})
        self.typed = data if data is not None else QueryDict()
        self.entry = entry

    @cached_property
    def seed(self) -> str | None:
        """What makes a second click of the same page the same request."""
        return seed_of(self.typed, about=f"{type(self).__name__}:{self.entry.pk}")


class ClaimForm(_RequestForm):
    """Why an entry is one's own."""

    text = _text(
        label=gettext_lazy("Why it is yours"),
        help_text=gettext_lazy(
            "Who you are to the initiative, and how a moderator can see that: an address of its own, a page that "
            "names you. Only moderators read this."
        ),
        error_messages={"required": gettext_lazy("Say what you have to do with the initiative.")},
    )


class ReportForm(_RequestForm):
    """What is wrong with an entry, and where the answer goes."""

    problem = forms.ChoiceField(
        label=gettext_lazy("What is wrong"),
        choices=list(PROBLEMS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    text = _text(
        label=gettext_lazy("What exactly"),
        help_text=gettext_lazy("Which fact or which link, and how it should be. Only moderators read this."),
        error_messages={"required": gettext_lazy("Say what exactly is wrong.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Never shown. You hear what became of it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    shown_at = ShownField()
    homepage = TrapField()

    def message(self) -> str:
        """Return what the (valid) form tells moderators, the kind of problem in the language of the site."""
        with override(settings.LANGUAGE_CODE):
            return f"{PROBLEMS[self.cleaned_data['problem']]}\n\n{self.cleaned_data['text']}"


def _kept_claim(request: HttpRequest, entry: Initiative, notice: Notice) -> HttpResponse:
    return _show(request, "submit/claim.html", ClaimForm(request.POST, entry=entry), status=410, notice=notice)


def _kept_report(request: HttpRequest, entry: Initiative, notice: Notice) -> HttpResponse:
    return _show(request, "submit/report.html", ReportForm(request.POST, entry=entry), status=410, notice=notice)


@private
@keeps_what_was_typed(_kept_claim)
@answers_when_taken_off
def claim(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Ask to become the owner of an entry."""
    entry = published(slug)
    if not request.user.is_authenticated:
        messages.info(request, _("To say that an initiative is yours, sign in or create an account first."))
        return redirect_to_login(request.get_full_path())
    mine = Submission.objects.of_member(request.user).filter(kind=Kind.CLAIM, initiative=entry)
    waiting = mine.undecided().first()
    form = ClaimForm(request.POST if request.method == "POST" else None, entry=entry)
    if form.is_valid() and not waiting and not entry.is_owned_by(request.user):
        who = submitter(request, _who(request))
        waiting = moderation.claim(entry, form.cleaned_data["text"], submitter=who, seed=form.seed)
        messages.success(request, _("Thank you. A moderator will read it and answer you."))
        return redirect(waiting.tracking_url)
    return _show(request, "submit/claim.html", form, waiting=waiting, is_owner=entry.is_owned_by(request.user))


@private
@keeps_what_was_typed(_kept_report)
@answers_when_taken_off
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell moderators of a problem with an entry, with an account or without."""
    entry = published(slug)
    form = ReportForm(request.POST if request.method == "POST" else None, entry=entry)
    if not form.is_valid():
        return _show(request, "submit/report.html", form)
    if status := refuse(request, form, seed=form.seed):
        return _show(request, "submit/report.html", form, status=status)
    who = submitter(request, _who(request) | {"email": form.cleaned_data["email"]})
    sent = moderation.report(entry, form.message(), submitter=who, seed=form.seed)
    messages.success(request, _("Thank you. A moderator will look into it; here you see what becomes of it."))
    return redirect(sent.tracking_url)


def _who(request: HttpRequest) -> dict[str, Any]:
    """Return of whoever asks as much as a request needs."""
    name = request.user.name if request.user.is_authenticated else ""
    return {"name": name, "show_name": False, "organisation": ""}


def _show(
    request: HttpRequest, template: str, form: _RequestForm, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"form": form, "initiative": form.entry, "revision": form.entry.public, **more}
    return render(request, template, context, status=status)
