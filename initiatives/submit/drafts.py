"""Drafts: what is typed into the form and not sent yet, kept as it is, finished or not."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives.models import Draft, Submission, new_seed, token_hash
from initiatives.models.tracking import readers_language
from initiatives.submit.forms import SubmissionForm
from initiatives.text import clean

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

#: More than the longest entry has, so that a text may be cut after it is saved.
MOST_CHARACTERS = 200_000
#: What is on the page and no answer.
_NO_ANSWERS = {"key", "revision", "draft", "shown_at", "homepage"}


class TooLong(Exception):
    """More was typed than a draft can hold; `sentence` says so."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.sentence = _(
            "These are %(length)s characters, and a draft holds %(most)s. Shorten the longest text and save again; "
            "what you typed is still here."
        ) % {
            "length": number_format(length),
            "most": number_format(MOST_CHARACTERS),
        }


class SavedElsewhere(Exception):
    """Another page saved other answers since this one was opened; `draft` is how it stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


def find(token: str) -> Draft | None:
    """Return the draft that a tracking link leads to, if it leads to one."""
    return Draft.objects.select_related("member", "base").filter(token_hash=token_hash(token)).first()


def opened(draft: Draft, *, by: User | AnonymousUser) -> None:
    """Keep a draft that its own member opens; anybody else may be a scanner that follows the links in a mail."""
    if by.is_authenticated and by == draft.member:
        draft.keep()


def begun_on(form: SubmissionForm) -> Draft | Submission | None:
    """Return the draft that was saved from this page of an empty form, or what became of it.

    So a second click, or going back to the page, makes no second one.
    """
    seed = _seed(form)
    return (seed and (Draft.objects.filter(seed=seed).first() or Submission.objects.filter(seed=seed).first())) or None


def form_of(draft: Draft) -> SubmissionForm:
    """Return the form with everything as it was typed."""
    data = QueryDict(mutable=True)
    for name, values in draft.answers.items():
        data.setlist(name, values)
    data["key"] = secrets.token_hex(16)
    data["draft"] = str(draft.version)
    return SubmissionForm(data, showing=True)


@transaction.atomic
def save(form: SubmissionForm, *, by: User | AnonymousUser, draft: Draft | None = None) -> Draft:
    """Keep what was typed, in `draft` if there is one; a member who saves an anonymous draft makes it theirs.

    Raises:
        TooLong: there is more than a draft holds.
        SavedElsewhere: what another page saved would be overwritten.
        Draft.DoesNotExist: it was sent or thrown away in the meantime.
    """
    answers = answers_of(form)
    length = sum(len(value) for values in answers.values() for value in values)
    if length > MOST_CHARACTERS:
        raise TooLong(length)
    if draft:
        draft, is_new = lock(draft, form), False
    else:
        draft, is_new = Draft.objects.get_or_create(seed=_seed(form) or new_seed())
    draft.version += not is_new
    draft.answers, draft.page = answers, _page(form)
    draft.saved_at = draft.opened_at = timezone.now()
    draft.warned_at = None
    draft.reader_language = readers_language()
    if by.is_authenticated:
        draft.member = draft.member or by
    draft.save()
    return draft


def lock(draft: Draft, form: SubmissionForm) -> Draft:
    """Return the draft as it stands now, for this transaction alone.

    Raises:
        SavedElsewhere: another page saved something else than this form says.
        Draft.DoesNotExist: it was sent or thrown away in the meantime.
    """
    now = Draft.objects.select_for_update().get(pk=draft.pk)
    if now.is_news_to(_page(form), version_of(form)) and now.answers != answers_of(form):
        raise SavedElsewhere(now)
    return now


def answers_of(form: SubmissionForm) -> dict[str, list[str]]:
    """Return what was typed into the fields that the form has, whatever it is; characters that are no text go."""
    rows = "|".join(rf"{name}-\d{{1,2}}-(?:{'|'.join(group.form.base_fields)})" for name, group in form.groups.items())
    names = form.fields.keys() - _NO_ANSWERS
    return {
        name: [clean(value) for value in values]
        for name, values in form.typed.lists()
        if name in names or re.fullmatch(rows, name, re.ASCII)
    }


def version_of(form: SubmissionForm) -> int | None:
    """Return which version of a draft the page showed."""
    try:
        return form.fields["draft"].clean(form.typed.get("draft"))
    except forms.ValidationError:
        return None


def _seed(form: SubmissionForm) -> str | None:
    return _hash("draft", form)


def _page(form: SubmissionForm) -> str:
    return _hash("page", form) or ""


def _hash(what: str, form: SubmissionForm) -> str | None:
    """Return a digest of the page's one-time key: stored itself, it would be as good as the link."""
    return hashlib.sha256(f"{what}:{form.typed['key']}".encode()).hexdigest() if form.has_key else None
