"""A moderator who is limited to channels or themes sees and decides only those."""

import pytest
from django.urls import reverse

from accounts.models import User
from initiatives import moderation
from initiatives.content import Listing, read
from initiatives.models import Initiative, Remit, Submission
from tests import factories
from tests.moderate.desk import address, at_desk, claim, correction, now, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(moderator):
    """Ada decides on the sea and on the call."""
    remit = Remit.objects.create(moderator=moderator)
    remit.themes.add(factories.theme("sea"))
    remit.channels.add(factories.channel("call"))
    return at_desk(moderator)


@pytest.fixture
def inside():
    return factories.submission("On the sea", themes=[factories.theme("sea"), factories.theme("work")])


@pytest.fixture
def outside():
    return factories.submission("In the hills", themes=[factories.theme("hills")])


def visible(moderator):
    return {each.revision.title for each in Submission.objects.in_remit_of(moderator)}


def test_an_entry_leads_to_the_desk_only_those_who_decide_about_it(ada, moderator):
    entries = [factories.initiative(f"About {slug}", themes=[factories.theme(slug)]) for slug in ("sea", "hills")]
    pages = [ada.open(entry.get_absolute_url()).html for entry in entries]
    assert [address(entry.founding_submission) in page for entry, page in zip(entries, pages, strict=True)] == [
        True,
        False,
    ]


def test_the_queue_holds_only_what_has_a_channel_or_a_theme_of_the_remit(ada, moderator, inside, outside):
    factories.submission("Through the call", listings=[Listing(factories.channel("call"))])
    page = ada.open("/moderation/")
    assert "2 submissions are waiting" in page.main
    assert "Your remit: Call; Sea" in page.main
    assert "In the hills" not in page.html
    assert "Hills" not in page.html
    assert visible(moderator) == {"On the sea", "Through the call"}
    ada.open("/moderation/").press("Take the next one").press("Reject", note="No.").press("Reject", note="No.")
    assert now(outside).status == "submitted" and now(outside).reviewer is None


@pytest.mark.parametrize("name", ["review", "decide", "hold", "put_back", "say", "undo"])
def test_what_is_outside_is_refused_on_a_page_that_says_why(ada, outside, moderator_client, name):
    url = reverse(f"moderate:{name}", args=[outside.pk, *(["reopen"] if name == "undo" else [])])
    ask = moderator_client.get if name == "review" else moderator_client.post
    answer = ask(url, {"decision": "approve", "revision": outside.revision_id, "text": "Hm", "note": "Hm"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This one is for other moderators" in page
    assert "Call" in page and "Sea" in page and "In the hills" not in page
    assert outside.decisions.count() == 1 and not outside.messages.exists()


def test_no_step_is_taken_past_the_remit(ada, moderator, inside, outside):
    for step in ("approve", "reject", "request_changes", "reopen"):
        with pytest.raises(moderation.OutsideRemit):
            getattr(moderation, step)(outside, by=moderator, note="n")
    entry, other = factories.initiative("Hill", themes=[factories.theme("hills")]), factories.initiative("Other")
    for attempt in (
        lambda: moderation.accept(claim(entry), by=moderator),
        lambda: moderation.accept(report(entry), by=moderator),
        lambda: moderation.unpublish(entry, by=moderator, reason="r"),
        lambda: moderation.republish(entry, by=moderator),
        lambda: moderation.restore(entry.public, by=moderator),
        lambda: moderation.merge(entry, other, read(other.public), by=moderator, public_id=other.current_id),
        lambda: moderation.say(outside, "Hm", by=moderator, as_moderator=True),
        lambda: moderation.hold(outside, by=moderator),
    ):
        with pytest.raises(moderation.OutsideRemit):
            attempt()
    assert Initiative.objects.published().count() == 2
    moderation.approve(inside, by=moderator)


def test_many_at_once_are_those_of_the_remit(ada, inside, outside):
    query = "&".join(f"submission={each.pk}-{each.revision_id}-0" for each in (inside, outside))
    page = ada.open(f"{reverse('moderate:bulk')}?{query}")
    assert "In the hills" not in page.html
    page.press("Reject 1 submission", note="Spam.")
    assert (now(inside).status, now(outside).status) == ("rejected", "submitted")


def test_a_correction_belongs_to_whoever_decides_on_what_is_public_whatever_it_proposes(ada, moderator):
    sea, hills = factories.theme("sea"), factories.theme("hills")
    away = correction(factories.initiative("Away", themes=[sea]), title="Away!", themes=[hills])
    towards = correction(factories.initiative("Towards", themes=[hills]), title="Towards!", themes=[sea])
    assert visible(moderator) == {"Away", "Away!"}
    # Or whoever adds a theme to a correction would choose who may decide about an entry.
    with pytest.raises(moderation.OutsideRemit):
        moderation.approve(towards, by=moderator)
    moderation.approve(away, by=moderator)
    assert visible(moderator) == set()


def test_without_a_remit_a_moderator_decides_everything(moderator, inside, outside):
    page = at_desk(moderator).open("/moderation/")
    assert "2 submissions are waiting" in page.main and "Your remit" not in page.main
    moderation.approve(outside, by=moderator)


def test_a_remit_that_lost_all_it_had_opens_nothing(moderator, inside):
    gone = factories.theme("gone")
    Remit.objects.create(moderator=moderator).themes.add(gone)
    gone.delete()
    page = at_desk(moderator).open("/moderation/")
    assert "On the sea" not in page.main
    assert "Your remit is empty" in page.main
    with pytest.raises(moderation.OutsideRemit):
        moderation.approve(inside, by=moderator)
    assert "Your remit is empty" in at_desk(moderator).open(address(inside)).main


def test_administrators_set_it_for_moderators(client, moderator, member, outside):
    client.force_login(User.objects.create_superuser("root@example.org", "correct horse battery"))
    page = client.get(reverse("admin:initiatives_remit_add")).text
    assert ">Ada</option>" in page and ">Mona</option>" not in page
    answers = {"moderator": moderator.pk, "themes": [factories.theme("sea").pk]}
    client.post(reverse("admin:initiatives_remit_add"), answers)
    with pytest.raises(moderation.OutsideRemit):
        moderation.approve(outside, by=moderator)
    assert "Sea" in client.get(reverse("admin:initiatives_remit_changelist")).text
    factories.theme("sea").delete()
    assert ">nothing</td>" in client.get(reverse("admin:initiatives_remit_changelist")).text


def test_what_a_claim_shows_of_whoever_makes_it_stays_within_the_remit(ada, member, outside):
    Submission.objects.filter(pk=outside.pk).update(member=member)
    page = ada.open(address(claim(factories.initiative("Sea", themes=[factories.theme("sea")]), member=member)))
    assert "They sent nothing else" in page.main
