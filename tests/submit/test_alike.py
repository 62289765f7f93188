"""Before an entry is sent twice, the one that is there is shown."""

import pytest
from django.utils import timezone

from initiatives.models import Initiative, Revision, SearchDocument
from initiatives.search.duplicates import entries_like
from initiatives.text import key
from tests import factories
from tests.submit.answers import post

pytestmark = pytest.mark.django_db


def published(titles):
    """Publish entries of nothing but a title, many at once."""
    entries = Initiative.objects.bulk_create(Initiative() for _ in titles)
    revisions = Revision.objects.bulk_create(
        Revision(initiative=entry, title=title, summary=title) for entry, title in zip(entries, titles, strict=True)
    )
    for entry, revision in zip(entries, revisions, strict=True):
        entry.current, entry.slug, entry.published_at = revision, f"entry-{entry.pk}", timezone.now()
    Initiative.objects.bulk_update(entries, ["current", "slug", "published_at"])
    SearchDocument.objects.bulk_create(
        SearchDocument(initiative=entry, title=f" {key(title)} ", names=" ", text=f" {key(title)} ")
        for entry, title in zip(entries, titles, strict=True)
    )
    return entries


def like(title, **content):
    return [entry.public.title for entry in entries_like(factories.content(title, **content))]


SUBJECTS = ["harbour", "school", "garden", "bakery", "library", "clinic", "market", "theatre"]
MANY = [f"Migration {SUBJECTS[n % 8]} of {SUBJECTS[n // 8 % 8]} quarter {n} and all" for n in range(420)]


@pytest.mark.parametrize("place", [0, 210, 419])
def test_an_exact_copy_is_found_among_hundreds_that_share_a_word(place):
    published(MANY)
    assert like(MANY[place])[0] == MANY[place]


def test_a_copy_of_a_short_title_goes_before_the_many_that_contain_it():
    published([*MANY, "Migration"])
    assert like("migration")[0] == "Migration"


def test_what_is_compared_does_not_load_what_is_not_shown(django_assert_max_num_queries):
    published(MANY)
    with django_assert_max_num_queries(8):
        assert len(like("Migration")) == 3


def test_a_title_that_is_less_alike_counts_only_in_the_same_place():
    uganda, morocco = factories.country("UG"), factories.country("MA")
    factories.initiative("Welcome centre for newcomers", countries=[uganda])
    title = "Welcome centres for all newcomer"
    assert like(title, countries=[uganda]) == ["Welcome centre for newcomers"]
    assert like(title, cities=[factories.city("Jinja", "UG")]) == ["Welcome centre for newcomers"]
    assert like(title, countries=[morocco]) == []
    assert like("Welcome centre for newcomers", countries=[morocco]) == ["Welcome centre for newcomers"]


def test_what_nobody_approved_is_not_shown():
    factories.submission("Welcome centre for newcomers")
    assert like("Welcome centre for newcomers") == []


def test_the_copy_is_shown_on_the_page(anyone):
    published([*MANY, "Kampala migration for All"])
    assert "Kampala migration for All" in post(anyone, title="Kampala Migration for all").main
