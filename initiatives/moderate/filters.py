"""What of the queue a moderator wants to see: read from an address, applied, counted, written back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from initiatives.choices import Kind
from initiatives.models import Channel, Country, Submission, Theme, language_choices, language_name
from initiatives.querysets import SubmissionQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The lists of the desk, by their name in the address.
STATES: dict[str, tuple[StrOrPromise, Callable[[SubmissionQuerySet], SubmissionQuerySet]]] = {
    "waiting": (gettext_lazy("Waiting"), SubmissionQuerySet.awaiting_review),
    "with-submitter": (gettext_lazy("With the submitter"), SubmissionQuerySet.with_submitter),
    "decided": (gettext_lazy("Decided"), SubmissionQuerySet.decided),
}
#: The filters whose values are not those of a vocabulary.
_FIXED: dict[str, dict[str, StrOrPromise]] = {
    "kind": dict(Kind.choices),
    "age": {"7": gettext_lazy("Over 7 days"), "30": gettext_lazy("Over 30 days")},
    "held": {"mine": gettext_lazy("Me"), "nobody": gettext_lazy("Nobody")},
}
#: How to get from a submission to the value of a filter.
PATHS = {
    "kind": "kind",
    "channel": "revision__publications__channel__slug",
    "theme": "revision__themes__slug",
    "country": "revision__countries__code",
    "language": "language",
}
#: More of one address than this (characters) is not kept.
_LONGEST = 100


class QueueForm(forms.Form):
    """The filters. A value that does not exist is said at its field; the queue then shows nothing."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=list(_FIXED["kind"].items()),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no kind “%(value)s”.")},
    )
    channel = forms.ModelChoiceField(
        Channel.objects.all(),
        label=gettext_lazy("Channel"),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no channel “%(value)s”.")},
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=gettext_lazy("Theme"),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no theme “%(value)s”.")},
    )
    country = forms.ModelChoiceField(
        Country.objects.all(),
        label=gettext_lazy("Country"),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no country “%(value)s”.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=language_choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no language “%(value)s”.")},
    )
    age = forms.ChoiceField(
        label=gettext_lazy("Waiting"),
        choices=list(_FIXED["age"].items()),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose 7 or 30 days, not “%(value)s”.")},
    )
    held = forms.ChoiceField(
        label=gettext_lazy("Held by"),
        choices=list(_FIXED["held"].items()),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose “me” or “nobody”, not “%(value)s”.")},
    )


class Queue:
    """A list of the desk, narrowed by filters: what an address asks for, within a moderator's remit.

    Attributes:
        state: which list, by its name in STATES.
        unknown_state: the name of a list that does not exist, if that was asked for; the waiting one is shown.
        form: the filters.
    """

    def __init__(self, query: QueryDict, *, moderator: User) -> None:
        asked = query.get("state", "")
        self.state = asked if asked in STATES else "waiting"
        self.unknown_state = asked[:_LONGEST] if asked and asked not in STATES else ""
        self.form = QueueForm(query)
        self.is_valid = self.form.is_valid()
        self._moderator = moderator
        self._everything = Submission.objects.in_remit_of(moderator)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, with what the address says of each, valid or not."""
        given = {name: str(self.form[name].value() or "")[:_LONGEST] for name in self.form.fields}
        return {name: value for name, value in given.items() if value}

    @property
    def submissions(self) -> SubmissionQuerySet:
        """What this list shows, in its order."""
        return STATES[self.state][1](self._narrowed())

    @property
    def waiting(self) -> SubmissionQuerySet:
        """What waits with these filters, whichever list is shown: from here the next one is taken."""
        return self._narrowed().awaiting_review()

    def query_string(self, **changes: Any) -> str:
        """Return what keeps this list in an address, "?state=…&kind=…" or nothing; `changes` are set or taken away."""
        pairs = {"state": self.state if self.state != "waiting" else "", **self.chosen, **changes}
        kept = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def states(self) -> list[dict[str, Any]]:
        """Return the lists of the desk, each with its address and how many submissions it has with these filters."""
        found = self._narrowed()
        return [
            {
                "name": name,
                "label": label,
                "url": self.query_string(state=name if name != "waiting" else "") or "?",
                "count": scope(found).count(),
            }
            for name, (label, scope) in STATES.items()
        ]

    def offer(self) -> None:
        """Let each filter offer what the list has, with how many there are while the other filters hold."""
        for name, field in self.form.fields.items():
            counts = self._counts(name)
            if name in self.chosen:
                counts.setdefault(self.chosen[name], 0)
            names = {value: value for value in counts} | self._labels(name, counts)
            offered = sorted(counts, key=lambda value: names[value].casefold())
            choices = [(value, f"{names[value]} ({counts[value]})") for value in offered]
            field.widget.choices = [("", _("All")), *choices]

    def _narrowed(self, *, without: str = "") -> SubmissionQuerySet:
        """Return the submissions that match every filter but `without`."""
        found = self._everything if self.is_valid else self._everything.none()
        for name, value in self.chosen.items():
            if self.is_valid and name != without:
                found = self._with(found, name, value)
        return found

    def _with(self, found: SubmissionQuerySet, name: str, value: str) -> SubmissionQuerySet:
        match name, value:
            case "age", days:
                return found.submitted_before(timezone.now() - timedelta(days=int(days)))
            case "held", "mine":
                return found.held_by(self._moderator)
            case "held", _:
                return found.held_by_nobody()
            case "language", _:
                return found.with_language().filter(**{name: value})
            case _:
                # A subquery instead of a join: no submission appears twice for two of its themes.
                return found.filter(pk__in=Submission.objects.filter(**{PATHS[name]: value}).values("pk"))

    def _counts(self, name: str) -> dict[str, int]:
        found = STATES[self.state][1](self._narrowed(without=name)).order_by()
        if name in PATHS:
            found = found.with_language() if name == "language" else found
            path = PATHS[name]
            values = found.filter(**{f"{path}__isnull": False}).values_list(path)
            return dict(values.annotate(count=Count("pk", distinct=True)))
        return {value: self._with(found, name, value).count() for value in _FIXED[name]}

    def _labels(self, name: str, values: Iterable[str]) -> dict[str, str]:
        if name in _FIXED:
            return {value: str(label) for value, label in _FIXED[name].items()}
        if name == "language":
            return {value: language_name(value) for value in values}
        column = "code" if name == "country" else "slug"
        rows = self.form.fields[name].queryset.filter(**{f"{column}__in": list(values)})  # type: ignore[attr-defined]
        return {getattr(row, column): str(row) for row in rows}
