"""What the review of a submission needs to show what looks the same."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from initiatives.models import Submission
from initiatives.moderate.alike import candidates

register = template.Library()


@register.inclusion_tag("moderate/alike.html", takes_context=True)
def look_alikes(context: RequestContext, submission: Submission) -> dict[str, Any]:
    """Show what looks the same as a new entry in the queue, or as the entry that a report is about."""
    request = context["request"]
    return {"candidates": candidates(submission, moderator=request.user, query=request.GET)}
