"""Claims: a member asks to own an entry, a moderator decides."""

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.models import Initiative, Message, Submission
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
WHY = "I lead the project; see https://example.org/team."


@pytest.fixture
def entry():
    return factories.initiative("Kampala for All")


@pytest.fixture
def mona(member_client):
    return Visitor(member_client)


def sent():
    return Submission.objects.get(kind="claim")


def test_a_member_asks_for_an_entry_and_corrects_it_once_a_moderator_has_granted_it(entry, mona, member, moderator):
    page = mona.open(entry.get_absolute_url()).follow("This is our initiative").press("Ask for it", text=WHY)
    claim = sent()
    assert page.url == claim.tracking_url
    assert (claim.member, claim.initiative, claim.is_verified) == (member, entry, True)
    assert [message.text for message in claim.messages.all()] == [WHY]
    assert Initiative.objects.get(pk=entry.pk).owner is None
    moderation.accept(claim, by=moderator)
    assert Initiative.objects.get(pk=entry.pk).owner == member
    assert mona.open(reverse("submit:mine")).follow("Correct it").h1 == "What should be different?"
    assert "This is our initiative" not in mona.open(entry.get_absolute_url()).main


def test_whoever_is_signed_out_signs_in_and_comes_back(entry, member):
    claim = reverse("submit:claim", args=[entry.slug])
    page = Visitor().open(entry.get_absolute_url()).follow("This is our initiative")
    assert page.url == f"/accounts/login/?next={claim}"
    assert "sign in or create an account first" in page.html
    back = page.press("Sign in", login=member.email, password="correct horse battery")
    assert (back.url, back.h1) == (claim, "This is our initiative")


def test_an_owner_and_whoever_waits_for_an_answer_are_told_so(entry, mona, member):
    claim = reverse("submit:claim", args=[entry.slug])
    mona.open(claim).press("Ask for it", text=WHY)
    waiting = mona.open(claim)
    assert "You have asked for this entry already" in waiting.main
    assert waiting.link("See where it stands") == sent().tracking_url
    Initiative.objects.filter(pk=entry.pk).update(owner=member)
    page = mona.open(claim)
    assert "This is your entry already" in page.main
    assert "Ask for it" not in page.main


def test_after_a_refusal_one_may_ask_again(entry, mona, moderator):
    claim = reverse("submit:claim", args=[entry.slug])
    mona.open(claim).press("Ask for it", text=WHY)
    moderation.reject(sent(), by=moderator, note="The page does not name you.")
    assert "A moderator will read it" in mona.open(claim).press("Ask for it", text="Now it does.").main


def test_a_claim_says_why_and_is_sent_once_by_two_clicks(entry, mona):
    form = mona.open(reverse("submit:claim", args=[entry.slug]))
    assert form.press("Ask for it", text="  ").errors == [
        "Why it is yours: Say what you have to do with the initiative."
    ]
    pages = [form.press("Ask for it", text=WHY) for _ in range(2)]
    assert pages[0].url == sent().tracking_url
    assert "You have asked for this entry already" in pages[1].main
    assert Message.objects.count() == 1


def test_a_claim_cannot_be_changed_like_an_entry_and_says_nothing_in_public(entry, mona):
    page = mona.open(reverse("submit:claim", args=[entry.slug])).press("Ask for it", text=WHY)
    assert mona.open(f"{page.url}edit/").url == page.url
    assert "team" not in Visitor().open(entry.get_absolute_url()).main
    assert "team" not in Visitor().open(reverse("browse:history", args=[entry.slug])).main
