"""What keeps the queue clean: a trap, a least time and a limit for machines, and one submission for two clicks.

Members who are signed in pass the first three.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.core.internal.ratelimit import get_ip
from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives.limits import Limit
from initiatives.models import Submission

if TYPE_CHECKING:
    from initiatives.submit.answer import AnswerForm
    from initiatives.submit.forms import SubmissionForm
    from initiatives.submit.requests import ReportForm
    from initiatives.submit.translation_form import TranslationForm

#: Anonymous submissions and new drafts from one client address.
ANONYMOUS = Limit("submissions", most=20, seconds=3600)
#: Messages to moderators of people without an account from one client address.
MESSAGES = Limit("messages", most=20, seconds=3600)
_signer = Signer(salt="initiatives.form-shown")


class TrapField(forms.Field):
    """A field that nobody sees or reaches. It comes back empty: what a browser filled in by itself traps once."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})

    def __init__(self) -> None:
        super().__init__(required=False, label=gettext_lazy("Leave this empty"), label_suffix="")

    def prepare_value(self, value: Any) -> str:
        """Return nothing."""
        return ""


class ShownField(forms.Field):
    """The hidden time at which the form was first shown, signed."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def prepare_value(self, value: Any) -> str:
        """Return the time that came with the form, or now if none did that was written here."""
        return str(value) if _shown_at(value) is not None else _signer.sign_object(int(time.time()))


def has_key(typed: QueryDict) -> bool:
    """Whether what was sent came from a page of ours, each of which has a key of its own."""
    return re.fullmatch(r"[0-9a-f]{32}", typed.get("key", "")) is not None


def seed_of(typed: QueryDict, *, about: str = "", same: Mapping[str, str] | None = None) -> str | None:
    """Return what makes a second click of the same page the same submission: its key and everything in it.

    `about` is what the page stands for without saying it in the form, `same` what is the same in some fields though
    they differ: the content of a file that was sent twice. None without a key that was made here.
    """
    if not has_key(typed):
        return None
    fields = sorted(
        (name, (same or {}).get(name, value))
        for name, values in typed.lists()
        if name not in ("csrfmiddlewaretoken", "seen_alike")
        for value in values
    )
    return hashlib.sha256(repr((typed["key"], about, fields)).encode()).hexdigest()


def refuse(
    request: HttpRequest, form: SubmissionForm | ReportForm | TranslationForm, *, seed: str | None = None
) -> int | None:
    """Say in the form why it is not taken and return the status of the answer, or return None: it is.

    `seed` is that of the submission which an earlier click on the same button made.
    """
    if request.user.is_authenticated:
        return None
    if form.typed.get("homepage") or _too_quick(form.typed.get("shown_at")):
        form.add_error(None, _("Please wait a moment and press the button again."))
        return 200
    # The second of two clicks is told of the submission that the first one made.
    if ANONYMOUS.take(get_ip(request)) or Submission.objects.filter(seed=seed).exists():
        return None
    minutes = ANONYMOUS.minutes_left
    late = ngettext(
        "Too many submissions came from your network within an hour. Try again in %(minutes)s minute; "
        "what you typed is still below.",
        "Too many submissions came from your network within an hour. Try again in %(minutes)s minutes; "
        "what you typed is still below.",
        minutes,
    )
    form.add_error(None, late % {"minutes": minutes})
    return 429


def refuse_message(request: HttpRequest, form: AnswerForm) -> int | None:
    """Say in the valid form why it is not taken and return the status of the answer, or return None: it is."""
    if request.user.is_authenticated or MESSAGES.take(get_ip(request)):
        return None
    minutes = MESSAGES.minutes_left
    late = ngettext(
        "Too many messages came from your network within an hour. Try again in %(minutes)s minute; "
        "what you typed is still here.",
        "Too many messages came from your network within an hour. Try again in %(minutes)s minutes; "
        "what you typed is still here.",
        minutes,
    )
    form.add_error("text", late % {"minutes": minutes})
    return 429


def _too_quick(value: Any) -> bool:
    least = settings.SUBMIT_MINIMUM_SECONDS
    shown_at = _shown_at(value)
    return bool(least) and (shown_at is None or time.time() - shown_at < least)


def _shown_at(value: Any) -> int | None:
    try:
        return int(_signer.unsign_object(str(value)))
    except (BadSignature, ValueError):
        return None
