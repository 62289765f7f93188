"""The submission form: one page, every answer checked, everything typed kept."""

from __future__ import annotations

import re
import secrets
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Role, Stage
from initiatives.content import MOST, Content, Document, Listing, NamedOrganisation, Source
from initiatives.forms import FormError, TextField, VersionField, errors_of
from initiatives.models import FIRST_YEAR, LAST_YEAR, Declaration, Framework, Revision, Theme, language_choices
from initiatives.submit.abuse import ShownField, TrapField, has_key, seed_of
from initiatives.submit.attachments import DOCUMENTS, PictureFields, digests, receive
from initiatives.submit.fields import NamedRowsField, NamesField, RepeatedTextInput
from initiatives.submit.initial import answers, rows_of
from initiatives.submit.places import Gazetteer, country_finder, country_names
from initiatives.submit.rows import GROUPS, Showable
from initiatives.text import key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

KEYWORD_LENGTH = 60
#: Fields of several boxes.
REPEATED = ("countries", "cities")
#: The groups that stand on the page after a field.
GROUPS_AFTER = {"keywords": ["organisations"], "reusable": ["links", "listings"], "picture_credit": ["documents"]}


def _long_text(label: StrOrPromise, help_text: StrOrPromise = "") -> TextField:
    return TextField(
        label=label, help_text=help_text, max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class SubmissionForm(Showable, PictureFields, forms.Form):
    """What an entry says and who says it. Repeated groups are formsets in `groups`."""

    #: Of a correction, the version that it corrects.
    base: Revision | None = None
    #: The order of the page, in which mistakes are listed.
    field_order = [
        "title",
        "summary",
        "language",
        "countries",
        "is_global",
        "cities",
        "start_year",
        "end_year",
        "stage",
    ]
    field_order += ["themes", "keywords", "declarations", "what_it_does", "how_it_works", "results", "reusable"]
    field_order += ["picture", "picture_alt", "picture_credit"]

    #: Needed or not, depending on others: neither is marked.
    conditional = {"countries"}

    key = TextField(required=False, widget=forms.HiddenInput)
    revision = VersionField(required=False)
    draft = VersionField(required=False)
    shown_at = ShownField()
    homepage = TrapField()

    title = TextField(
        label=_("Title"),
        max_length=200,
        help_text=_("As its owners call it, in its own language."),
        error_messages={"required": _("Write the title.")},
    )
    summary = TextField(
        label=_("Summary"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who does it, what it is, where. Two or three sentences, at most 600 characters."),
        error_messages={"required": _("Write two or three sentences on what it is.")},
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=language_choices)
    what_it_does = _long_text(_("What it does"), _("Plain text or Markdown."))
    how_it_works = _long_text(_("How it works"))
    results = _long_text(_("Results so far"), _("Figures with their date and source, if you can."))
    reusable = _long_text(_("What others can reuse"))

    is_global = forms.BooleanField(label=_("It is global: not tied to any country"), required=False)
    countries = NamesField(
        label=_("Countries"),
        required=False,
        finder=country_finder,
        most=MOST["countries"],
        help_text=_("One in each box. Needed unless you name a city or say that it is global."),
        widget=RepeatedTextInput(suggestions=country_names),
    )
    cities = NamesField(
        label=_("Cities"),
        required=False,
        finder=lambda names: str,
        most=MOST["cities"],
        widget=RepeatedTextInput(source=reverse_lazy("submit:cities")),
        help_text=_("One in each box, with its country where the name is common: “San José, Costa Rica”."),
    )
    start_year = forms.IntegerField(label=_("First year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    end_year = forms.IntegerField(label=_("Last year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    stage = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Not known")), *Stage.choices], widget=forms.RadioSelect
    )
    themes = NamedRowsField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        to_field_name="slug",
        help_text=_("One to six that fit best."),
        error_messages={"required": _("Choose at least one theme.")},
    )
    keywords = TextField(
        label=_("Keywords"),
        required=False,
        max_length=MOST["keywords"] * (KEYWORD_LENGTH + len(", ")),
        help_text=_("Your own words, with commas between them."),
    )
    declarations = forms.ModelMultipleChoiceField(
        label=_("Declarations that the leading organisation has signed"),
        help_text=_("If several lead, the one you name first."),
        queryset=Declaration.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    name = TextField(
        label=_("Your name"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    show_name = forms.BooleanField(label=_("Show my name beside the entry"), required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Never shown. Confirming it marks the entry as verified, and you hear how it goes on."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = TextField(
        label=_("Your organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        content: Content | None = None,
        showing: bool = False,
        add: str = "",
        **kwargs: Any,
    ) -> None:
        """Show `data` as typed, else `content` to be edited, else an empty form.

        `files` that pass the checks are kept at once: what is `typed` has their tickets in the place of the files.

        `showing` keeps what was typed without checking it, to come back from the preview or to
        `add` a line to a group or a box to a field.
        """
        initial = {"key": secrets.token_hex(16), "language": get_language() or "en", **kwargs.pop("initial", {})}
        if data is not None:
            data, files = receive(data, files)
        self.typed = data if data is not None else QueryDict()
        super().__init__(data, files, initial=initial | (answers(content) if content else {}), **kwargs)
        self.showing = showing
        self._add_objectives(content)
        for name in REPEATED:
            self.fields[name].widget.adding = name == add
        rows = rows_of(content) if content else {}
        self.groups = {}
        for name, formset in (GROUPS | {"documents": DOCUMENTS}).items():
            group = formset(data, files, prefix=name, initial=rows.get(name))
            group.showing, group.adding = showing, name == add
            self.groups[name] = group

    def _add_objectives(self, content: Content | None) -> None:
        self.frameworks = list(Framework.objects.all())
        for framework in self.frameworks:
            chosen = [each.code for each in content.objectives if each.framework_id == framework.pk] if content else []
            self.fields[f"objectives_{framework.slug}"] = forms.ModelMultipleChoiceField(
                label=framework.shown_name,
                queryset=framework.objectives.select_related("framework"),
                to_field_name="code",
                required=False,
                initial=chosen,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def objective_fields(self) -> list[Any]:
        """The fields for the objectives, one a framework."""
        return [self[f"objectives_{framework.slug}"] for framework in self.frameworks]

    def is_valid(self) -> bool:
        """Check the form and all its groups."""
        return all([super().is_valid(), *[group.is_valid() for group in self.groups.values()]])

    def clean_title(self) -> str:
        """Return the title, if it says something."""
        return self._saying_something("title")

    def clean_summary(self) -> str:
        """Return the summary, if it says something."""
        return self._saying_something("summary")

    def _saying_something(self, name: str) -> str:
        # Invisible characters, signs and spaces are no words.
        if not key(self.cleaned_data[name]):
            raise forms.ValidationError(self.fields[name].error_messages["required"], code="required")
        return self.cleaned_data[name]

    def clean_themes(self) -> QuerySet[Theme]:
        """Return the themes, if they are few enough to say what it is about."""
        themes = self.cleaned_data["themes"]
        if len(themes) > MOST["themes"]:
            raise forms.ValidationError(
                _("These are %(number)s themes; choose the %(most)s that fit best.")
                % {"number": len(themes), "most": MOST["themes"]}
            )
        return themes

    def clean_keywords(self) -> list[str]:
        """Return the keywords, each once."""
        typed = normalize("NFKC", self.cleaned_data["keywords"]).lower()
        words = list(dict.fromkeys(word.strip() for word in re.split(r"[,;\n]", typed) if key(word)))
        if len(words) > MOST["keywords"]:
            raise forms.ValidationError(
                _("These are %(number)s keywords; choose the %(most)s that matter most.")
                % {"number": len(words), "most": MOST["keywords"]}
            )
        if long := next((word for word in words if len(word) > KEYWORD_LENGTH), None):
            raise forms.ValidationError(
                _("“%(word)s…” is too long for a keyword: at most %(most)s characters. Put commas between keywords.")
                % {"word": long[:30], "most": KEYWORD_LENGTH}
            )
        return words

    def clean(self) -> None:
        """Check what takes two answers to check."""
        data = self.cleaned_data
        self._find_cities()
        places = [data.get(name) for name in ("is_global", *REPEATED)]
        if not any(places) and not self.errors.keys() & set(REPEATED):
            self.add_error("countries", _("Name at least one country or city, or say that it is global."))
        start, end = data.get("start_year"), data.get("end_year")
        if end and not start and "start_year" not in self.errors:
            self.add_error("start_year", _("Give the first year as well."))
        if start and end and end < start:
            self.add_error("end_year", _("The last year is before the first."))
        if data.get("declarations") and not self._has_lead():
            self.add_error("declarations", _("Name the leading organisation that signed, under “Who does it”."))

    def _find_cities(self) -> None:
        # Here and not in the field: the countries named tell apart cities of one name.
        cities, wrong, names = [], [], self.cleaned_data.get("cities", [])
        gazetteer = Gazetteer(names)
        for name in names:
            try:
                cities.append(gazetteer.find(name, countries=self.cleaned_data.get("countries", [])))
            except forms.ValidationError as error:
                self.add_error("cities", error)
                wrong.append(name)
        self.fields["cities"].widget.wrong = wrong
        self.cleaned_data["cities"] = list(dict.fromkeys(cities))

    def _has_lead(self) -> bool:
        group = self.groups["organisations"]
        # What is wrong with a line is said there.
        return not group.is_valid() or any(row["role"] == Role.LEAD for row in group.filled())

    @property
    def has_key(self) -> bool:
        """Whether it came from a page of ours, each of which has a key of its own."""
        return has_key(self.typed)

    @cached_property
    def seed(self) -> str | None:
        """What makes a second click of the same page the same submission: its key and everything in it."""
        return seed_of(self.typed, same=digests(self.files))

    def content(self) -> Content:
        """Return what the (valid) form says."""
        data = self.cleaned_data
        plain = ["title", "summary", "language", "what_it_does", "how_it_works", "results", "reusable"]
        plain += ["is_global", "countries", "cities", "start_year", "end_year", "stage", "keywords"]
        return Content(
            **{name: data[name] for name in plain},
            **self.picture_content(),
            themes=list(data["themes"]),
            declarations=list(data["declarations"]),
            objectives=[
                objective for framework in self.frameworks for objective in data[f"objectives_{framework.slug}"]
            ],
            organisations=[NamedOrganisation(**row) for row in self.groups["organisations"].filled()],
            listings=[Listing(**row) for row in self.groups["listings"].filled()],
            links=[Source(**row) for row in self.groups["links"].filled()],
            documents=[Document(**row) for row in self.groups["documents"].filled()],
        )

    @property
    def error_items(self) -> list[FormError]:
        """Every mistake in the order of the page."""
        if not self.is_bound:
            return []
        items = [FormError("", "", str(message)) for message in self.non_field_errors()]
        for field in self:
            items += errors_of(field)
            items += [error for name in GROUPS_AFTER.get(field.name, ()) for error in self.groups[name].error_items]
        return items
