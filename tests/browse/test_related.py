"""The page of an entry shows the published entries that share most with it, and says what they share."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.content import NamedOrganisation
from initiatives.models import Theme
from initiatives.search import kept, memory
from initiatives.search.changes import one_version
from initiatives.search.related import MOST_WEIGHED, related
from tests import factories
from tests.browse.pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["memory", "database"])
def way(request):
    """Both ways to the answer: the index, and the database while it is not ready."""
    if request.param == "memory":
        request.getfixturevalue("with_index")
    return request.param


def shown(client, slug="subject"):
    """Return the related entries of a page in their order, each with its reasons."""
    _, _, section = get(client, f"/initiatives/{slug}/").partition('<section class="related"')
    return {
        unescape(re.search(r'class="h3 title"[^>]*><a [^>]*>([^<]*)<', each).group(1)): [
            unescape(reason) for reason in re.findall("<li><bdi>([^<]*)</bdi></li>", each)
        ]
        for each in section.partition("</section>")[0].split("<article")[1:]
    }


def publish(title, **values):
    """Publish an entry with slugs of themes and objectives, codes of countries."""
    for name, make in (
        ("themes", factories.theme),
        ("objectives", factories.objective),
        ("countries", factories.country),
    ):
        values[name] = [make(each) for each in values.get(name, ())]
    return factories.initiative(title, **values)


def test_what_few_have_in_common_goes_before_what_many_have_and_the_newest_first_among_equals(way, client):
    union = [NamedOrganisation("Union", "diaspora", "lead")]
    gulu = factories.city("Gulu", "UG")
    publish("Same place", cities=[gulu])
    publish("Theme alone", themes=["sea"])
    publish("Nothing alike", themes=["hills"], countries=["MA"], keywords=["boats"])
    publish("Same people", organisations=union, themes=["sea"])
    publish("Theme and country", themes=["sea"], countries=["UG"])
    publish("Theme again", themes=["sea"])
    publish(
        "Subject",
        themes=["sea", "nobody-else"],
        countries=["UG"],
        cities=[gulu],
        organisations=union,
        objectives=["gcm-15"],
        keywords=["only here"],
    )
    assert list(shown(client).items()) == [
        ("Same place", ["Also in Gulu, Uganda"]),
        ("Same people", ["Same organisation: Union", "Same theme: Sea"]),
        ("Theme and country", ["Also in Uganda", "Same theme: Sea"]),
        ("Theme again", ["Same theme: Sea"]),
    ]


def test_a_line_names_the_rarest_of_what_is_shared_and_no_more_than_fits(way, client):
    everything = {"themes": ["sea", "hills", "art"], "objectives": ["gcm-15"], "keywords": ["boats"]}
    publish("Twin", **everything)
    publish("Other", themes=["art"], objectives=["gcm-15"])
    publish("Subject", **everything)
    assert shown(client)["Twin"] == ["Same keyword: boats", "Same theme: Hills"]


def test_what_is_shared_is_told_in_the_language_of_the_page(client):
    Theme.objects.filter(pk=factories.theme("sea").pk).update(translations={"fr": {"name": "La mer"}})
    for title in ("Twin", "Subject"):
        publish(title, themes=["sea"])
    assert "Même thème\N{NARROW NO-BREAK SPACE}: La mer" in get(client, "/fr/initiatives/subject/")


def test_an_entry_that_shares_nothing_has_no_such_part(way, client):
    publish("Other", themes=["hills"])
    publish("Subject", themes=["sea"])
    factories.initiative("Bare")
    assert shown(client) == shown(client, "bare") == {}
    assert "Related initiatives" not in get(client, "/initiatives/subject/")


def test_nothing_that_is_not_public_is_related(way, client, moderator):
    publish("Subject", themes=["sea"], keywords=["boats"])
    factories.submission("In the queue", themes=[factories.theme("sea")])
    gone = publish("Taken off", themes=["sea"])
    changed = publish("Changed", themes=["sea"])
    assert set(shown(client)) == {"Taken off", "Changed"}
    moderation.unpublish(gone, by=moderator, reason="It ended.")
    content = factories.content("Changed since", keywords=["boats"], themes=[factories.theme("sea")])
    moderation.submit(content, submitter=moderation.Submitter(), base=changed.public)
    assert shown(client) == {"Changed": ["Same theme: Sea"]}


def test_both_ways_agree_and_ask_the_database_little(with_index, settings):
    for number in range(12):
        publish(
            f"Entry {number}",
            themes=["sea", "hills"][: 1 + number % 2],
            countries=["UG", "MA", "TG"][number % 3 :],
            keywords=[f"word {number % 4}"],
            organisations=[NamedOrganisation(f"Union {number % 5}", "diaspora", "lead")],
        )
    subject = publish(
        "Subject",
        themes=["sea", "hills"],
        countries=["UG", "TG"],
        keywords=["word 1"],
        organisations=[NamedOrganisation("Union 2", "diaspora", "lead")],
    )
    union = str(subject.public.involvements.get().organisation_id)
    values = [("theme", "sea"), ("theme", "hills"), ("country", "UG"), ("country", "TG"), ("keyword", "word-1")]
    values.append(("organisation", union))
    memory.ready()
    with one_version(), CaptureQueriesContext(connection) as asked:
        in_memory = related(subject.pk, values, most=12)
    assert len(asked) <= 2  # the version of the catalogue, and organisations
    settings.SEARCH_IN_MEMORY = False
    kept.forget()
    with one_version(), CaptureQueriesContext(connection) as asked:
        from_database = related(subject.pk, values, most=12)
    assert len(asked) <= 6  # the version, one a kind, and how many there are
    assert in_memory == from_database
    assert len(in_memory) == 12 and subject.pk not in [each.pk for each in in_memory]
    assert related(subject.pk, values, most=3) == from_database[:3]


def test_of_more_that_share_something_than_are_weighed_those_with_the_rarest_are(monkeypatch, way, client):
    assert MOST_WEIGHED > 100
    monkeypatch.setattr("initiatives.search.related.MOST_WEIGHED", 3)
    publish("Rare and old", themes=["sea"], keywords=["boats"])
    for number in range(6):
        publish(f"Common {number}", themes=["sea"])
    publish("Subject", themes=["sea"], keywords=["boats"])
    title, reasons = next(iter(shown(client).items()))
    assert (title, reasons[0]) == ("Rare and old", "Same keyword: boats")
    # Of those that share the theme the database looks at any few, so it need not know that this one does, too.
    assert reasons[1:] == ["Same theme: Sea"] or (way == "database" and reasons[1:] == [])
