"""Corrections of what is published: merged part by part, never over what others changed."""

import pytest
from django.core.files.storage import default_storage

from initiatives import moderation, versions
from initiatives.content import read
from initiatives.models import Initiative, Revision
from tests import factories

pytestmark = pytest.mark.django_db
TEXTS = {"results": "Ten people.", "what_it_does": "Gives cash."}


def propose(entry, **values):
    """Put a correction of the public version into the queue."""
    content = read(entry.current)
    for name, value in values.items():
        setattr(content, name, value)
    return moderation.submit(content, submitter=moderation.Submitter(), base=entry.current)


def shown(entry):
    return read(Initiative.objects.get(pk=entry.pk).current)


def test_the_public_page_stays_until_a_correction_is_approved(moderator):
    entry = factories.initiative("Old", **TEXTS)
    correction = propose(entry, title="New")
    assert shown(entry).title == "Old"
    moderation.approve(correction, by=moderator)
    assert shown(entry).title == "New"


def test_two_corrections_of_different_parts_are_both_kept(moderator):
    entry = factories.initiative("Old", **TEXTS)
    first, second = propose(entry, title="New"), propose(entry, results="Twelve people.")
    moderation.approve(first, by=moderator)
    moderation.approve(second, by=moderator)
    assert (shown(entry).title, shown(entry).results) == ("New", "Twelve people.")


def test_two_corrections_of_the_same_part_are_a_conflict_and_nothing_is_overwritten(moderator):
    entry = factories.initiative("Old", **TEXTS)
    first, second = propose(entry, results="Eleven people."), propose(entry, results="Twelve people.")
    moderation.approve(first, by=moderator)
    with pytest.raises(moderation.Conflict) as conflict:
        moderation.approve(second, by=moderator)
    assert set(conflict.value.parts) == {"results"}
    assert shown(entry).results == "Eleven people."
    second.refresh_from_db()
    assert second.status == "submitted"


def test_a_moderator_takes_some_parts_and_leaves_others(moderator):
    entry = factories.initiative("Old", **TEXTS)
    correction = propose(entry, title="New", results="Twelve people.")
    decision = moderation.approve(correction, by=moderator, take=["results"])
    assert (shown(entry).title, shown(entry).results) == ("Old", "Twelve people.")
    assert decision.revision == Initiative.objects.get(pk=entry.pk).current


def test_a_version_that_was_published_meanwhile_is_not_overwritten_unseen(moderator):
    entry = factories.initiative("Old", **TEXTS)
    first, second = propose(entry, title="New"), propose(entry, results="Twelve people.")
    seen = entry.current_id
    moderation.approve(first, by=moderator)
    with pytest.raises(moderation.IllegalTransition):
        moderation.approve(second, by=moderator, public_id=seen, take=["results"])
    assert shown(entry).results == "Ten people."


def test_an_earlier_version_is_restored_as_a_new_one(moderator):
    entry = factories.initiative("Old", **TEXTS)
    first = entry.current
    moderation.approve(propose(entry, title="New"), by=moderator)
    moderation.restore(first, by=moderator)
    entry = Initiative.objects.get(pk=entry.pk)
    assert entry.current.title == "Old"
    assert [each.title for each in Revision.objects.filter(initiative=entry).approved()] == ["Old", "New", "Old"]


def test_what_differs_is_marked_word_by_word_and_value_by_value(moderator):
    entry = factories.initiative("Old", results="Ten people came.", themes=[factories.theme("a")])
    proposed = propose(entry, results="Twelve people came.", themes=[factories.theme("a"), factories.theme("b")])
    found = {each.part: each for each in versions.changes(read(entry.current), read(proposed.revision))}
    assert set(found) == {"themes", "results"}
    assert [(piece.text, piece.mark) for piece in found["results"].after] == [
        ("Twelve", "ins"),
        (" people came.", "same"),
    ]
    assert [(piece.text, piece.mark) for piece in found["themes"].after] == [("A", "same"), ("B", "ins")]


def test_years_are_taken_together_so_that_the_last_is_never_before_the_first(moderator):
    entry = factories.initiative("Old", start_year=2020, end_year=2021)
    correction = propose(entry, start_year=2023, end_year=2024)
    moderation.approve(correction, by=moderator, take=["years"])
    assert (shown(entry).start_year, shown(entry).end_year) == (2023, 2024)


def test_a_picture_is_compared_with_what_it_shows_and_taken_or_left_as_one(moderator):
    market, bridge = factories.upload(), factories.upload()
    entry = factories.initiative("Old", picture=market, picture_alt="A market.", picture_credit="Photo: Ada")
    correction = propose(entry, title="New", picture=bridge, picture_alt="A bridge.", picture_credit="")
    found = {each.part: each for each in versions.changes(read(entry.current), read(correction.revision))}
    assert set(found) == {"title", "picture"}
    assert [(each.text, each.upload, each.mark) for each in found["picture"].before] == [
        ("A market.", market, "del"),
        ("Photo: Ada", None, "del"),
    ]
    assert [(each.text, each.upload, each.mark) for each in found["picture"].after] == [("A bridge.", bridge, "ins")]
    moderation.approve(correction, by=moderator, take=["title"])
    assert (shown(entry).title, shown(entry).picture, shown(entry).picture_credit) == ("New", market, "Photo: Ada")
    another = propose(Initiative.objects.get(), picture=None, picture_alt="", picture_credit="")
    moderation.approve(another, by=moderator)
    assert (shown(entry).picture, shown(entry).picture_alt) == (None, "")


def test_documents_are_compared_by_what_is_in_them(moderator):
    report, leaflet = factories.document("Report"), factories.document("Leaflet")
    entry = factories.initiative("Old", documents=[report])
    same = factories.document("Report", data=default_storage.open(report.upload.path("document.pdf")).read())
    again = propose(entry, documents=[same])
    assert versions.changed_parts(read(entry.current), read(again.revision)) == []
    correction = propose(entry, documents=[report, leaflet])
    (change,) = versions.changes(read(entry.current), read(correction.revision))
    assert [(each.text, each.upload, each.mark) for each in change.after] == [
        ("Report", report.upload, "same"),
        ("Leaflet", leaflet.upload, "ins"),
    ]
    moderation.approve(correction, by=moderator)
    assert [each.title for each in shown(entry).documents] == ["Report", "Leaflet"]


def test_two_pictures_proposed_at_once_are_a_conflict(moderator):
    entry = factories.initiative("Old", **TEXTS)
    first, second = (propose(entry, picture=factories.upload(), picture_alt="A market.") for _ in range(2))
    moderation.approve(first, by=moderator)
    with pytest.raises(moderation.Conflict) as conflict:
        moderation.approve(second, by=moderator)
    assert set(conflict.value.parts) == {"picture"}


def test_an_earlier_picture_is_restored_with_its_version(moderator):
    market = factories.upload()
    entry = factories.initiative("Old", picture=market, picture_alt="A market.")
    first = entry.current
    moderation.approve(propose(entry, picture=None, picture_alt=""), by=moderator)
    moderation.restore(first, by=moderator)
    assert shown(entry).picture == market


def test_long_texts_are_compared_at_once_whatever_they_say(moderator):
    # Two texts of which every second word is the same keep a slower comparison busy for hours.
    old, new = factories.content(results="a " * 5000), factories.content(results="a b " * 2500)
    (change,) = [each for each in versions.changes(old, new) if each.part == "results"]
    assert "".join(piece.text for piece in change.before) == old.results
    assert "".join(piece.text for piece in change.after) == new.results


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("Ten people.", "Ten more people.", [("Ten", "same"), (" ", "same"), ("more", "ins"), (" people.", "same")]),
        ("Ten.", "Ten!", [("Ten", "same"), ("!", "ins")]),
        ("", "Ten", [("Ten", "ins")]),
        ("Ten", "", []),
        # What a sign belongs to is never torn from it: a vowel of Hindi or Arabic is no letter.
        ("हिन्दी में", "हिन्दू में", [("हिन्दू", "ins"), (" में", "same")]),
        ("مُهاجرون، هنا", "مُهاجرات، هنا", [("مُهاجرات", "ins"), ("، هنا", "same")]),
    ],
)
def test_only_the_words_that_differ_are_marked(old, new, after):
    (change,) = [
        each
        for each in versions.changes(factories.content("t", results=old), factories.content("t", results=new))
        if each.part == "results"
    ]
    assert [(piece.text, piece.mark) for piece in change.after] == after


def test_a_language_is_named_and_not_given_as_a_code():
    old, new = factories.content("t"), factories.content("t", language="ar")
    (change,) = versions.changes(old, new)
    assert [piece.text for piece in (*change.before, *change.after)] == ["English", "Arabic"]
