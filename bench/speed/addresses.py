"""The addresses that are asked for, by kind."""

from __future__ import annotations

import random

from initiatives.exchange.generate.words import names
from initiatives.models import Initiative

KINDS = ["first page", "two filters", "narrow text", "broad text", "entry"]
#: So many addresses of a kind are asked for in turn.
ADDRESSES = 40


def kinds() -> dict[str, list[str]]:
    """Return the addresses that are asked for, by kind."""
    chance = random.Random(1)
    published = Initiative.objects.published()
    first, last = (published.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    some = [chance.randint(first, last) for _ in range(4 * ADDRESSES)]
    columns = ("slug", "current__title", "current__countries", "current__themes__slug")
    rows = list({row[0]: row for row in published.filter(pk__in=some).values_list(*columns)}.values())[:ADDRESSES]
    known = set(names())
    told = [[word for word in title.split() if word in known] for _, title, _, _ in rows]
    broad = ["migrants refugees", "language courses", "young people", "legal advice", "housing families"]
    addresses = [
        ["/initiatives/"],
        [f"/initiatives/?theme={theme}&country={code or 'IN'}" for _, _, code, theme in rows],
        [f"/initiatives/?q={words[0]}+courses" for words in told if words],
        [f"/initiatives/?q={query.replace(' ', '+')}" for query in broad],
        [f"/initiatives/{slug}/" for slug, *_ in rows],
    ]
    return dict(zip(KINDS, addresses, strict=True))
