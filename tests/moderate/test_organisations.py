"""Organisations are named by what moderators approved, never by what they refused."""

import pytest

from initiatives import moderation
from initiatives.content import NamedOrganisation, read
from initiatives.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def named(name, role="lead"):
    return NamedOrganisation(name, "local_government", role)


def test_a_rejected_submission_names_no_organisation(moderator):
    moderation.reject(
        factories.submission(organisations=[named("WELCOMING city OF x 🤮!!!")]), by=moderator, note="No."
    )
    assert not Organisation.objects.exists()
    entry = factories.initiative(organisations=[named("Welcoming City of X")])
    assert entry.current.involvements.get().shown_name == "Welcoming City of X"


def test_two_entries_that_spell_an_organisation_differently_share_it():
    factories.initiative(organisations=[named("City of Sfax")])
    second = factories.initiative(organisations=[named("CITY OF SFAX")])
    assert second.current.involvements.get().organisation == Organisation.objects.get()
    assert second.current.involvements.get().shown_name == "City of Sfax"


def test_of_several_leading_organisations_only_the_first_is_said_to_have_signed():
    entry = factories.initiative(
        organisations=[named("Helpers", "partner"), named("City of Tyre"), named("City of Zürich")],
        declarations=[factories.declaration()],
    )
    signed = [each.shown_name for each in entry.current.involvements.all() if each.signatures.exists()]
    assert signed == ["City of Tyre"]
    assert read(entry.current).declarations == [factories.declaration()]
