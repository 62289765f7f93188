"""What templates of form widgets need. A form has hundreds of options; an include for each took half its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Write the attributes of a widget, as Django's `attrs.html` does: a true one without a value, a false one not."""
    said = ((conditional_escape(name), value) for name, value in attrs.items() if value is not False)
    written = (f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in said)
    return mark_safe("".join(written))  # noqa: S308 - escaped
