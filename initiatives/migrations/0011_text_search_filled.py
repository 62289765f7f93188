"""Fills the index for text search from the words that are stored for the search before it.

That is enough to find every entry; `manage.py rebuild_search` adds the names and synonyms that were not stored.
"""

from collections import Counter
from itertools import batched

from django.apps.registry import Apps
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from initiatives.search.analysis import PAIR, STEM, SYNONYM, Passage, Place, tokens

BATCH = 200


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the published entries that are not yet, a batch at a time, then count their terms."""
    documents, rows, terms = (
        apps.get_model("initiatives", name).objects for name in ("SearchDocument", "SearchIndex", "SearchTerm")
    )
    missing = documents.filter(initiative__current__isnull=False, initiative__withdrawn_at=None)
    missing = missing.exclude(pk__in=rows.values("pk")).order_by("pk")
    for keys in batched(list(missing.values_list("pk", flat=True)), BATCH):
        with transaction.atomic():
            some = documents.filter(pk__in=keys).select_related("initiative__current")
            rows.bulk_create(rows.model(document_id=each.pk, tokens=" ".join(tokens(passages(each)))) for each in some)
    with transaction.atomic():
        counts: Counter[str] = Counter()
        for line in rows.values_list("tokens", flat=True).iterator(chunk_size=BATCH):
            counts.update(["", *(token[1:] for token in line.split() if token[1] != PAIR)])
        terms.all().delete()
        counted = (
            terms.model(term=term, count=count, written="" if term[:1] in {"", STEM, SYNONYM} else term)
            for term, count in sorted(counts.items())
        )
        for some_terms in batched(counted, BATCH):
            terms.bulk_create(some_terms)


def passages(document) -> list[Passage]:  # type: ignore[no-untyped-def]  # of a model as it was
    """Return what is stored of an entry, by where it stands."""
    revision = document.initiative.current
    return [
        Passage(Place.TITLE, revision.title, revision.language),
        Passage(Place.NAMES, document.names),
        Passage(Place.SUMMARY, revision.summary, revision.language),
        Passage(Place.BODY, document.text, revision.language),
    ]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("initiatives", "0010_text_search")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
