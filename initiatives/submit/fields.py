"""Form fields and widgets of the submission form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from initiatives.text import clean, key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

#: A repeated input has at least so many boxes.
AT_LEAST = 3
NAME_LENGTH = 200


class WebAddressField(forms.URLField):
    """An address on the web: http or https, nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, **kwargs)

    def to_python(self, value: Any) -> str | None:
        """Return the cleaned address."""
        return super().to_python(clean(value) if isinstance(value, str) else value)


class _ByName(forms.models.ModelChoiceIterator):
    """Offers rows in the order of the reader's alphabet."""

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(super().__iter__(), key=lambda choice: key(str(choice[1]))))


class NamedRowsField(forms.ModelMultipleChoiceField):
    """Several rows of a vocabulary, offered by what they are called in the reader's language."""

    iterator = _ByName
    widget = forms.CheckboxSelectMultiple


class RepeatedTextInput(forms.TextInput):
    """Several text inputs of one name, always with an empty one left to fill.

    `suggestions` are names to offer while typing, `source` an address that answers with
    such names; the page's script reads both, and the field works without.
    """

    template_name = "submit/widgets/repeated_text.html"
    use_fieldset = True
    #: Whether to show one box more than was sent.
    adding = False
    #: What is wrong of what was typed, cleaned; where nothing by itself is, all boxes are shown to be.
    wrong: Collection[str] = ()

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        suggestions: Callable[[], list[str]] | None = None,
        source: StrOrPromise = "",
    ) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions
        self.source = source

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> list[str]:
        """Return what was typed, box by box."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return False: like a checkbox, an empty field sends nothing."""
        return False

    def format_value(self, value: Any) -> list[str]:
        """Return the values as typed, with an empty one after them if there is none."""
        values = list(value or [])
        full = all(each.strip() for each in values)
        return values + [""] * max(AT_LEAST - len(values), int(self.adding or full))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the template what to offer while typing."""
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions() if self.suggestions else []
        context["widget"]["source"] = str(self.source)
        invalid = "aria-invalid" in context["widget"]["attrs"]
        context["widget"]["boxes"] = [
            (each, invalid and (not self.wrong or clean(str(each)).strip() in self.wrong))
            for each in context["widget"]["value"]
        ]
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return nothing: the fieldset's legend is the label."""
        return ""


class NamesField(forms.Field):
    """Names that people type, one an input; `finder` is given all of them and returns what looks each one up."""

    widget = RepeatedTextInput

    def __init__(self, *, finder: Callable[[list[str]], Callable[[str], Any]], most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.finder = finder
        self.most = most

    def to_python(self, value: Any) -> list[str]:
        """Return the cleaned names, without empty ones and repetitions."""
        names = [clean(name).strip() for name in value or []]
        return list(dict.fromkeys(name for name in names if name))

    def clean(self, value: Any) -> list[Any]:
        """Return what the names stand for. Raises ValidationError with a sentence for each unknown one."""
        names = self.to_python(value)
        if len(names) > self.most:
            raise ValidationError(_("At most %(most)s can be named.") % {"most": self.most})
        if long := next((name for name in names if len(name) > NAME_LENGTH), None):
            self.widget.wrong = [long]
            raise ValidationError(_("“%(start)s…” is too long for a name.") % {"start": long[:30]})
        find = self.finder(names)
        found, errors, wrong = [], [], []
        for name in names:
            try:
                found.append(find(name))
            except ValidationError as error:
                errors.append(error)
                wrong.append(name)
        if errors:
            self.widget.wrong = wrong
            raise ValidationError(errors)
        return list(dict.fromkeys(found))
