"""What is sent to an entry that was taken off the catalogue while it was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.submit.form_page import Notice
from initiatives.tombstones import heir_of, taken_off

type View = Callable[..., HttpResponse]


def keeps_what_was_typed(show: Callable[[HttpRequest, Initiative, Notice], HttpResponse]) -> Callable[[View], View]:
    """Answer what is sent to an entry that is gone with `show`: the form as it was typed, below a notice.

    The view takes the `slug` of an entry and is asked for all the others.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and (entry := taken_off(slug)):
                return show(request, entry, _notice(entry))
            return view(request, slug=slug, **kwargs)

        return wrapped

    return decorate


def _notice(entry: Initiative) -> Notice:
    title, heir = _("This entry is no longer in the catalogue."), heir_of(entry)
    if not heir.is_public:
        text = _("A moderator took it off. What you typed is below and not sent: copy what you want to keep.")
        return Notice(title, text, entry.get_absolute_url(), _("When and why"))
    text = _(
        "It was merged into “%(title)s”. What you typed is below and not sent: compare it with that entry, and send "
        "from there what is still missing."
    )
    return Notice(title, text % {"title": heir.public.title}, heir.get_absolute_url(), heir.public.title)
