"""The repeated groups of the submission form: organisations, channels, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OrganisationType, Role
from initiatives.forms import TextField
from initiatives.models import Channel
from initiatives.submit.fields import WebAddressField


class Showable:
    """A form or formset that can be shown with what was typed, without judging it yet."""

    showing = False

    def full_clean(self) -> None:
        """Check the input, unless it is only shown."""
        if self.showing:
            self._errors: Any = [] if isinstance(self, forms.BaseFormSet) else ErrorDict()
            self._non_form_errors = forms.utils.ErrorList()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()  # type: ignore[misc]


class Row(Showable, forms.Form):
    """One line of a repeated group; an empty one says nothing."""

    #: Answers that are always given, and so say nothing by themselves.
    preset: frozenset[str] = frozenset()

    def has_changed(self) -> bool:
        """Whether the line says anything."""
        return bool(set(self.changed_data) - self.preset)


class OrganisationRow(Row):
    """An organisation that leads or takes part."""

    preset = frozenset({"role"})

    name = TextField(label=_("Name"), max_length=200)
    type = forms.ChoiceField(label=_("Type"), choices=[("", _("Choose…")), *OrganisationType.choices])
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.LEAD)


class ListingRow(Row):
    """A catalogue or call through which the initiative was published."""

    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.all(), to_field_name="slug", empty_label=_("Choose…")
    )
    edition = TextField(label=_("Edition or year"), max_length=80, required=False)
    url = WebAddressField(label=_("Address there"), required=False)
    date = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class LinkRow(Row):
    """A page about the initiative."""

    url = WebAddressField(label=_("Web address"))
    label = TextField(label=_("Name of the page"), max_length=200, required=False)


class Rows(Showable, forms.BaseFormSet):  # type: ignore[misc]
    """A repeated group of the form: a line that is emptied is taken out, so none counts as an initial one."""

    def initial_form_count(self) -> int:
        """Return 0; see the class."""
        return 0

    def total_form_count(self) -> int:
        """Return the lines sent, or those to be edited and an empty one."""
        return super().total_form_count() if self.is_bound else len(self.initial or []) + self.extra

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        row = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        row.showing = self.showing
        return row

    def filled(self) -> Iterator[dict[str, Any]]:
        """Yield the cleaned values of the rows that say something."""
        return (row.cleaned_data for row in self.forms if row.has_changed() and row.cleaned_data)


def _rows(row: type[Row], *, most: int = 20) -> type[Rows]:
    made = forms.formset_factory(row, formset=Rows, extra=1, max_num=most, validate_max=True, absolute_max=most + 5)
    return cast("type[Rows]", made)


GROUPS = {
    "organisations": _rows(OrganisationRow),
    "listings": _rows(ListingRow),
    "links": _rows(LinkRow),
}
