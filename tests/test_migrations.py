"""An installation that has been running for a while keeps what it has."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

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
