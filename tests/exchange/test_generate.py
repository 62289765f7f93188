"""Generated entries are, row for row, such as the way through moderation leaves behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models as fields
from django.db import transaction

from initiatives import models, moderation
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.exchange.generate import generate
from initiatives.models import Initiative, Revision
from initiatives.moderation import Submitter
from initiatives.search.index import rebuild
from tests import factories

pytestmark = pytest.mark.django_db
TABLES = [
    *(models.Initiative, Revision, models.Publication, models.Involvement, models.Signature, models.Link),
    *(models.Submission, models.Decision, models.SearchDocument, models.TaggedRevision, models.Keyword),
    *(
        models.Organisation,
        *(getattr(Revision, name).through for name in ("countries", "cities", "themes", "objectives")),
    ),
]


@pytest.fixture
def vocabularies():
    for slug in ("sea", "hills"):
        factories.theme(slug)
    factories.channel("mayors"), factories.channel("gfmd-summit"), factories.declaration()
    factories.objective("gcm-15"), factories.objective("sdg-10")
    factories.city("Kampala", "UG", ["kampala city"], population=9), factories.city("Fès", "MA", ["فاس"], population=5)


def shape() -> dict[str, set[str]]:
    """Return of each table which columns say something in any of its rows."""
    found = {}
    for model in TABLES:
        rows = [vars(each) for each in model._default_manager.all()]
        assert rows, f"{model.__name__} is empty"
        columns = [each.attname for each in model._meta.concrete_fields if not isinstance(each, fields.BooleanField)]
        found[model.__name__] = {name for name in columns if any(row[name] not in ("", None) for row in rows)}
    return found


def test_they_fill_the_same_columns_as_what_moderators_approve(vocabularies, moderator):
    with transaction.atomic():
        generate(60, seed=1)
        generated = shape()
        transaction.set_rollback(True)
    sent = factories.submission(
        "مبادرة",
        language="ar",
        submitter=Submitter(name="Sam", show_name=True, email="sam@example.org", is_verified=True),
        what_it_does="Much.",
        how_it_works="So.",
        results="Many.",
        start_year=2020,
        end_year=2021,
        stage="ongoing",
        cities=list(models.City.objects.all()),
        themes=list(models.Theme.objects.all()),
        objectives=list(models.Objective.objects.all()),
        declarations=[models.Declaration.objects.get()],
        keywords=["boats"],
        organisations=[NamedOrganisation("Union", "diaspora", "lead")],
        listings=[Listing(models.Channel.objects.first(), "2020", "https://example.org/")],
        links=[Source("https://example.org/")],
    )
    moderation.approve(sent, by=moderator, note="Good.")
    approved = shape()
    # A decision of the installation names no moderator.
    approved["Decision"] -= {"by_id", "moderator_name"}
    assert generated == approved


def test_they_are_public_and_say_what_the_same_seed_says_again(vocabularies, client):
    factories.initiative("There before")
    generate(30, seed=7)
    assert Initiative.objects.published().count() == 31
    entries = Initiative.objects.exclude(slug="there-before").order_by("pk")
    said = [read(each.public) for each in entries]
    lengths = [len(" ".join([e.summary, e.what_it_does, e.how_it_works, e.results]).split()) for e in said]
    assert 55 <= min(lengths) <= max(lengths) <= 210
    for each in list(entries)[:5]:
        assert client.get(each.get_absolute_url()).status_code == 200
    assert b"31 initiatives" in client.get("/initiatives/").content
    generate(30, seed=7)
    again = [read(each.public) for each in entries.order_by("pk")[30:]]
    assert [(each.title, each.summary) for each in again] == [(each.title, each.summary) for each in said]
    assert factories.initiative("There after").pk == Initiative.objects.latest("pk").pk


def test_search_reads_of_them_what_it_would_have_written(vocabularies):
    def read() -> tuple[Any, ...]:
        # The order in which an entry's themes come says nothing.
        documents = {
            each.pk: [sorted(text.strip().split(" | ")) for text in (each.title, each.names, each.text)]
            for each in models.SearchDocument.objects.all()
        }
        tokens = {each.pk: sorted(each.tokens.split()) for each in models.SearchIndex.objects.all()}
        return documents, tokens, sorted(models.SearchTerm.objects.values_list("term", "written", "count"))

    factories.initiative("There before")
    generate(40, seed=2)
    generated = read()
    rebuild()
    assert generated == read()


def test_they_are_not_made_where_a_real_catalogue_may_be(settings, vocabularies):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="no real catalogue"):
        call_command("generate_initiatives", "3")
    assert not Initiative.objects.exists()
