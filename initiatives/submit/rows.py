"""The repeated groups of the submission form: organisations, channels, links."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import ManagementForm
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OrganisationType, Role
from initiatives.content import MOST
from initiatives.forms import FormError, TextField, errors_of
from initiatives.models import Channel
from initiatives.submit.fields import WebAddressField
from initiatives.text import key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAME_LENGTH = 200


class Showable:
    """A form that can be shown with what was typed, without judging it yet."""

    showing = False

    def full_clean(self) -> None:
        """Check the input, unless it is only shown."""
        if not self.showing:
            super().full_clean()  # type: ignore[misc]
            return
        self._errors, self.cleaned_data = ErrorDict(), dict[str, Any]()
        # But a file that was refused is not on the page any more.
        form = cast("forms.Form", self)
        for name in form.fields:
            if refusal := getattr(form.files.get(form.add_prefix(name)), "refusal", None):
                form.add_error(name, refusal)


class Row(Showable, forms.Form):
    """One line of a repeated group; an empty one says nothing."""

    #: What a line is, in the words of the page.
    called: StrOrPromise = ""
    #: Answers that are always given, and so say nothing by themselves.
    preset: frozenset[str] = frozenset()

    def has_changed(self) -> bool:
        """Whether the line says anything."""
        return bool(set(self.changed_data) - self.preset)

    def subject(self) -> Hashable:
        """Return what the (valid) line is about; a group has one line about it."""
        raise NotImplementedError


class OrganisationRow(Row):
    """An organisation that leads or takes part."""

    called = _("Organisation")
    preset = frozenset({"role"})

    name = TextField(label=_("Name"), max_length=NAME_LENGTH)
    type = forms.ChoiceField(
        label=_("Type"),
        choices=[("", _("Choose…")), *OrganisationType.choices],
        error_messages={"required": _("Choose what kind of organisation this is.")},
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.LEAD)

    def clean_name(self) -> str:
        """Return a name that can be told from others: those are compared by their folded words."""
        name = self.cleaned_data["name"]
        if not key(name):
            raise ValidationError(_("A name has at least one letter or digit."))
        if len(key(name)) > NAME_LENGTH:
            raise ValidationError(_("This name is too long."))
        return name

    def subject(self) -> Hashable:
        """Return the organisation, however its name is written."""
        return key(self.cleaned_data["name"]), self.cleaned_data["type"]


class ListingRow(Row):
    """A catalogue or call through which the initiative was published."""

    called = _("Channel")

    channel = forms.ChoiceField(label=_("Channel"))
    edition = TextField(label=_("Edition or year"), max_length=80, required=False)
    url = WebAddressField(label=_("Address there"), required=False)
    date = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, channels: Mapping[str, Channel], **kwargs: Any) -> None:
        """Offer `channels`, by slug."""
        super().__init__(*args, **kwargs)
        self.channels = channels
        offered = sorted(((slug, str(each)) for slug, each in channels.items()), key=lambda choice: key(choice[1]))
        cast("forms.ChoiceField", self.fields["channel"]).choices = [("", _("Choose…")), *offered]

    def clean_channel(self) -> Channel:
        """Return the channel chosen."""
        return self.channels[self.cleaned_data["channel"]]

    def subject(self) -> Hashable:
        """Return the channel and its edition."""
        return self.cleaned_data["channel"], self.cleaned_data["edition"]


class LinkRow(Row):
    """A page about the initiative."""

    called = _("Link")

    url = WebAddressField(label=_("Web address"))
    label = TextField(label=_("Name of the page"), max_length=200, required=False)

    def subject(self) -> Hashable:
        """Return the page."""
        return self.cleaned_data["url"]


class Rows(forms.BaseFormSet):
    """A repeated group of the form: a line that is emptied is taken out, so none counts as an initial one.

    The lines that were sent count themselves: what the hidden fields say of their number is not asked,
    so no line is lost when that went wrong.
    """

    default_error_messages = {"too_many_forms": _("At most %(num)d lines can be filled in here.")}
    showing = False
    #: Whether to show one empty line more than was sent.
    adding = False

    def full_clean(self) -> None:
        """Check the lines, unless they are only shown."""
        if self.showing:
            self._errors: Any = []
            self._non_form_errors = self.error_class()
        else:
            super().full_clean()

    def clean(self) -> None:
        """Refuse more lines than anybody needs, and a second line about the same."""
        filled = [(number, row) for number, row in enumerate(self.forms, start=1) if row.has_changed()]
        if len(filled) > self.max_num:
            raise ValidationError(self.default_error_messages["too_many_forms"] % {"num": self.max_num})
        first: dict[Hashable, int] = {}
        for number, row in filled:
            if not row.errors and (before := first.setdefault(row.subject(), number)) != number:
                row.add_error(next(iter(row.fields)), _("Line %(number)s names it already.") % {"number": before})

    @cached_property
    def management_form(self) -> ManagementForm:
        """The hidden fields, for the page's script."""
        count = {"TOTAL_FORMS": self._count(), "INITIAL_FORMS": 0, "MAX_NUM_FORMS": self.max_num}
        form = ManagementForm(
            {f"{self.prefix}-{name}": value for name, value in count.items()}, auto_id=self.auto_id, prefix=self.prefix
        )
        form.full_clean()
        return form

    def _count(self) -> int:
        if not self.is_bound:
            return len(self.initial or []) + self.extra
        sent = re.compile(rf"{self.prefix}-(\d{{1,4}})-[a-z]+", re.ASCII)
        numbers = [int(found[1]) for name in self.data if (found := sent.fullmatch(name))]
        return max(numbers, default=0) + 1 + self.adding

    def initial_form_count(self) -> int:
        """Return 0; see the class."""
        return 0

    def total_form_count(self) -> int:
        """Return the lines sent, or those to be edited and an empty one."""
        return min(self._count(), self.absolute_max)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        row = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        row.showing = self.showing
        return row

    @property
    def has_room(self) -> bool:
        """Whether another line may be filled in."""
        return self.total_form_count() < self.max_num

    @property
    def row_name(self) -> StrOrPromise:
        """What a line is, in the words of the page."""
        return self.form.called

    @property
    def error_items(self) -> list[FormError]:
        """Every mistake in the order of the lines."""
        items = [FormError(f"group-{self.prefix}", "", str(message)) for message in self.non_form_errors()]
        for number, row in enumerate(self.forms, start=1):
            for error in (error for field in row for error in errors_of(field)):
                items.append(replace(error, label=f"{self.row_name} {number}, {error.label}"))
        return items

    def filled(self) -> Iterator[dict[str, Any]]:
        """Yield the cleaned values of the rows that say something."""
        return (row.cleaned_data for row in self.forms if row.has_changed() and row.cleaned_data)


class ListingRows(Rows):
    """The lines on channels, which look up once together what they offer."""

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """The channels there are, by slug."""
        return {channel.slug: channel for channel in Channel.objects.all()}

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Return what each line is made with."""
        return super().get_form_kwargs(index) | {"channels": self.channels}


def rows(row: type[Row], *, formset: type[Rows] = Rows, most: int) -> type[Rows]:
    """Return a group of lines, of which `most` may be filled in."""
    made = forms.formset_factory(row, formset=formset, extra=1, max_num=most, absolute_max=5 * most)
    return cast("type[Rows]", made)


GROUPS = {
    "organisations": rows(OrganisationRow, most=MOST["organisations"]),
    "listings": rows(ListingRow, formset=ListingRows, most=MOST["listings"]),
    "links": rows(LinkRow, most=MOST["links"]),
}
