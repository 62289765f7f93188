"""What published entries say, as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from django.conf import settings
from django.urls import reverse

from initiatives.models import TEXTS, Initiative, Translation
from initiatives.search.filters import BY_NAME

#: So many entries are read at once.
BATCH = 500
#: What is a list of values, by the filter that has them.
LISTS = {
    "themes": "theme",
    "channels": "channel",
    "objectives": "objective",
    "keywords": "keyword",
    "cities": "city",
    "countries": "country",
}
_OWN = [f"current__{name}" for name in ("title", "language", "summary", "stage")]
_TRANSLATED = (*TEXTS, "made_by", "is_stale")


def as_json(pks: Sequence[int]) -> Iterator[str]:
    """Yield a JSON array of the published ones of these entries (their primary keys), in their order."""
    before = "[\n"
    for batch in batched(pks, BATCH):
        for each in records(batch):
            yield before + json.dumps(each, ensure_ascii=False)
            before = ",\n"
    yield "]\n" if before == ",\n" else "[]\n"


def records(pks: Sequence[int]) -> list[dict[str, Any]]:
    """Return what the public may know of these entries; those that are not public are left out."""
    entries = Initiative.objects.published().filter(pk__in=pks)
    said: dict[int, dict[str, Any]] = {
        pk: {"slug": slug, "title": title, "language": language, "summary": summary}
        | {**{name: [] for name in LISTS}, "years": [], "status": stage}
        | {"translations": {}, "url": settings.SITE_URL + reverse("browse:entry", args=[slug])}
        for pk, slug, title, language, summary, stage in entries.values_list("pk", "slug", *_OWN)
    }
    for name, filter_name in LISTS.items():
        path = BY_NAME[filter_name].value_path
        for pk, value in (
            entries.filter(**{f"{path}__isnull": False}).values_list("pk", path).order_by(path).distinct()
        ):
            if pk in said:
                said[pk][name].append(value)
    translations = Translation.objects.filter(revision__current_of__in=entries)
    for pk, language, *texts in translations.values_list("revision__current_of", "language", *_TRANSLATED):
        if pk in said:
            said[pk]["translations"][language] = dict(zip(_TRANSLATED, texts, strict=True))
    spans = entries.with_span().values_list("pk", "first_year", "last_year")  # type: ignore[misc]
    for pk, first, last in spans:
        if pk in said:
            said[pk]["years"] = list(range(first, last + 1))
    return [said[pk] for pk in pks if pk in said]
