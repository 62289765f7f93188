"""What a test posts to the submission form when it is not about the page."""

from __future__ import annotations

import itertools
from typing import Any

from django.urls import reverse

from initiatives.submit.abuse import ANONYMOUS
from tests import factories
from tests.visitor import Page, Visitor

GROUPS = ("organisations", "listings", "links")
_keys = itertools.count(1)


def vocabulary() -> None:
    """Make what the form lets people choose from."""
    factories.countries("UG", "MA", "CR", "US", "CI")
    factories.theme("diaspora", "Diaspora empowerment")
    factories.theme("cities", "Cities")
    factories.objective("gcm-16")
    factories.objective("sdg-11")
    factories.declaration()
    factories.channel("call", "Call to Local Action", "It answers the call.")


def answers(**changes: Any) -> dict[str, Any]:
    """Return the least that the form accepts, as a browser sends it; None takes a field out, `__` stands for "-"."""
    data: dict[str, Any] = {
        "key": f"{next(_keys):032x}",
        "title": "Kampala for All",
        "summary": "The city opens its services to everyone who lives there.",
        "language": "en",
        "countries": ["Uganda", "", ""],
        "themes": ["diaspora"],
        "stage": "",
    }
    for group in GROUPS:
        data |= {f"{group}-TOTAL_FORMS": "1", f"{group}-INITIAL_FORMS": "0"}
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}


def organisation(number: int, name: str, kind: str = "local_government", role: str = "lead") -> dict[str, str]:
    """Return the answers of one line of the organisations."""
    row = f"organisations__{number}__"
    return {f"{row}name": name, f"{row}type": kind, f"{row}role": role}


def post(visitor: Visitor, **changes: Any) -> Page:
    """Send the least that the form accepts, with changes."""
    visitor.client.cookies["csrftoken"] = secret = "s" * 32
    return visitor.send(reverse("submit:new"), answers(csrfmiddlewaretoken=secret, **changes))


#: What makes the longest submission that a person would send.
EVERYTHING = {
    "title": "Kampala for All: “Safety Nets” & more",
    "summary": "First line\nsecond line <b>not bold</b>",
    "language": "fr",
    "what_it_does": "It does *much*.\n\n- one\n- two",
    "how_it_works": "With people.",
    "results": "12 % more (2023).",
    "reusable": "The form.",
    "is_global": True,
    "countries": ["Uganda", "Morocco"],
    "cities": ["Kampala"],
    "start_year": "2019",
    "end_year": "2024",
    "stage": "completed",
    "themes": ["diaspora", "cities"],
    "keywords": "food, Remittances",
    "declarations": ["marrakech"],
    "objectives_gcm": ["gcm-16"],
    "objectives_sdg": ["sdg-11"],
    "organisations__0__name": "Kampala Capital City Authority",
    "organisations__0__type": "local_government",
    "organisations__0__role": "lead",
    "listings__0__channel": "call",
    "listings__0__edition": "2023",
    "listings__0__url": "https://example.org/call",
    "listings__0__date": "2023-05-04",
    "links__0__url": "https://example.org/kampala",
    "links__0__label": "Its own page",
    "name": "Sam Submitter",
    "show_name": True,
    "email": "sam@example.org",
    "organisation": "Sam’s association",
}


def leave_one_of_the_hour(network: str = "127.0.0.1") -> None:
    """Take all but one of the places that a network has in this hour for what people send without an account."""
    for _ in range(ANONYMOUS.most - 1):
        ANONYMOUS.take(network)
