"""What templates of form widgets need. A form has hundreds of options; an include for each took half its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Write the attributes of a widget, as Django's `attrs.html` does: a true one without a value, a false one not."""
    return flatatt(dict(attrs))
