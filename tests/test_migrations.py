"""An installation that has been running for a while keeps what it has."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from initiatives.search.text import find, suggestion

pytestmark = pytest.mark.long

FIRST = [("initiatives", "0002_moderators_group")]


@pytest.fixture
def at():
    """Return what brings the database to a state, and bring it to the newest in the end."""

    def migrate(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield migrate
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_a_correction_from_before_says_on_which_version_it_was_made(at):
    then = at(FIRST)
    entry = then.get_model("initiatives", "Initiative").objects.create()
    revisions, submissions = (then.get_model("initiatives", name).objects for name in ("Revision", "Submission"))
    first, second, third = (
        revisions.create(
            initiative=entry, title=title, summary="s", approved_at=timezone.now() if title < "3" else None
        )
        for title in "123"
    )
    for number, (revision, kind) in enumerate([(first, "new"), (second, "correction"), (third, "correction")]):
        submissions.create(
            initiative=entry,
            revision=revision,
            kind=kind,
            status="submitted",
            submitted_at=timezone.now(),
            seed=str(number),
            token_hash=str(number),
        )
    submissions.filter(revision=second).update(created_at=first.approved_at)

    now = at([("initiatives", "0005_corrections_have_a_base")])
    bases = dict(now.get_model("initiatives", "Submission").objects.values_list("revision__title", "base__title"))
    assert bases == {"1": None, "2": "1", "3": "2"}


@pytest.mark.django_db(transaction=True)
def test_what_was_published_before_the_index_is_found_after_it_and_nothing_else_is(at):
    at([("initiatives", "0005_corrections_have_a_base")])
    then = at([("initiatives", "0010_text_search")])
    entries, revisions, documents = (
        then.get_model("initiatives", name).objects for name in ("Initiative", "Revision", "SearchDocument")
    )
    for number, title in enumerate(["Safety nets for migrants", "Taken off"]):
        entry = entries.create()
        entry.current = revisions.create(initiative=entry, title=title, summary="s", language="en")
        entry.slug, entry.published_at = f"entry-{number}", timezone.now()
        entry.withdrawn_at = timezone.now() if title == "Taken off" else None
        entry.save()
        documents.create(
            initiative=entry, title=f" {title.lower()} ", names=" uganda ", text=f" {title.lower()} uganda "
        )
    at(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert [find(query).ids.size for query in ("migrant", "Ouganda", "taken")] == [1, 1, 0]
    assert suggestion("migrnats") == "migrants"
