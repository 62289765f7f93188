"""From an entry back to the form: what the fields show when it is edited."""

from __future__ import annotations

from typing import Any

from initiatives.content import Content
from initiatives.submit.places import precise_names


def answers(content: Content) -> dict[str, Any]:
    """Return what the fields of the form show for `content`, by name."""
    plain = ["title", "summary", "language", "what_it_does", "how_it_works", "results", "reusable"]
    plain += ["is_global", "start_year", "end_year", "stage", "picture", "picture_alt", "picture_credit"]
    cities = {city.country_id for city in content.cities}
    return {name: getattr(content, name) for name in plain} | {
        "countries": [country.name for country in content.countries if country.code not in cities],
        "cities": precise_names(content.cities),
        "themes": [theme.slug for theme in content.themes],
        "declarations": [declaration.slug for declaration in content.declarations],
        "keywords": ", ".join(content.keywords),
    }


def rows_of(content: Content) -> dict[str, list[dict[str, Any]]]:
    """Return what the repeated groups show for `content`: the lines of each, by the name of the group."""
    return {
        "organisations": [vars(each) for each in content.organisations],
        "listings": [{**vars(each), "channel": each.channel.slug} for each in content.listings],
        "links": [vars(each) for each in content.links],
        "documents": [vars(each) for each in content.documents],
    }
