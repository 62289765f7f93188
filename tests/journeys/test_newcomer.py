"""Whole journeys, each with the forms that the pages really have."""

from django.conf import settings

from tests.visitor import Visitor

KAMPALA = {
    "title": "Kampala for All: Safety Nets",
    "summary": "The city opens its health posts and its schools to refugees.",
    "countries": "Uganda",
    "cities": "Kampala",
    "themes": ["diaspora"],
    "keywords": "health",
}


def tell(visitor, **more):
    """Go from the home page to the form and send it."""
    return visitor.open("/").follow("Submit an initiative").press("Submit for review", **KAMPALA | more)


def review(ada):
    """Open the one submission that waits, from the queue."""
    return ada.open("/").follow("Moderation").follow(KAMPALA["title"])


def entry(visitor):
    """Find the entry in the list of all."""
    return visitor.open("/").follow("Browse").follow(KAMPALA["title"])


def test_somebody_without_an_account_tells_of_an_initiative_and_everybody_can_find_it(visitor, ada, mailoutbox):
    tracking = tell(visitor)
    assert "Waiting for review" in tracking.main
    reader = Visitor()
    for path in (
        "/",
        "/initiatives/",
        "/initiatives/?q=kampala",
        "/feeds/initiatives.atom",
        "/countries/UG/",
        "/themes/",
    ):
        assert "Safety Nets" not in reader.client.get(path).content.decode()

    assert "approved and published" in review(ada).press("Approve and publish").main

    tracking = visitor.open(tracking.url)
    assert "It is public." in tracking.main
    public = tracking.follow("See the entry")
    assert public.h1 == KAMPALA["title"]
    assert "Anonymous (not verified)" in public.main
    for path in ("/", "/initiatives/?q=safety+nets", "/initiatives/?country=UG&theme=diaspora&keyword=health"):
        assert reader.open(path).link(KAMPALA["title"]) == public.url
    for path in ("/countries/UG/", "/themes/diaspora/"):
        assert reader.open(path).link(KAMPALA["title"]) == public.url
    for path in ("/feeds/initiatives.atom", "/countries/UG/feed.atom", "/themes/diaspora/feed.atom"):
        feed = reader.client.get(path).content.decode()
        assert f"<title>{KAMPALA['title']}</title>" in feed
        assert f'href="{settings.SITE_URL}{public.url}"' in feed
    assert mailoutbox == []


def test_whoever_confirms_their_address_is_shown_as_verified(visitor, ada, mailoutbox, link_in):
    tell(visitor, email="sam@example.org", name="Sam", show_name=True)
    mail_reader = Visitor()
    tracking = mail_reader.open(link_in(mailoutbox[0], "/confirm/")).press("Yes, confirm my address")
    assert "Submitted by Sam Verified submitter" in tracking.main
    review(ada).press("Approve and publish", note="Well told.")
    assert "Sam (verified)" in entry(Visitor()).main
    assert mailoutbox[1].subject == f"Published: {KAMPALA['title']}"
    assert mail_reader.open(link_in(mailoutbox[1], "/initiatives/")).h1 == KAMPALA["title"]


def test_a_moderator_asks_for_changes_and_gets_them(visitor, ada, mailoutbox, link_in):
    tell(visitor, email="sam@example.org", cities="")
    review(ada).press("Ask for changes", note="In which city is it?")
    assert "The queue is empty" in ada.open("/moderation/").main

    tracking = Visitor().open(link_in(mailoutbox[1], "/submissions/"))
    assert "In which city is it?" in tracking.main
    again = tracking.follow("Change it").press("Preview", cities="Kampala", results="Forty schools.")
    assert "Kampala, Uganda" in again.main
    assert "The new version is in the queue." in again.press("Submit for review").main

    page = review(ada)
    assert "Forty schools." in page.main
    assert "In which city is it?" in page.main
    page.press("Approve and publish")
    assert "Kampala, Uganda" in entry(Visitor()).main
    assert [mail.subject for mail in mailoutbox] == [
        "Please confirm your submission to Passerelle",
        "Please have another look at your submission to Passerelle",
        "Your submission to Passerelle is published",
    ]


def test_a_newcomer_makes_an_account_and_keeps_their_submissions_in_it(visitor, mailoutbox, link_in):
    page = visitor.open("/").follow("Sign in").follow("Create an account")
    page.press("Create the account", email="grace@example.org", name="Grace", password1="correct horse battery")
    visitor.open(link_in(mailoutbox[0], "/confirm-email/")).press("Yes, confirm it")
    page = visitor.open("/").follow("Sign in")
    page = page.press("Sign in", login="grace@example.org", password="correct horse battery")
    assert "You have not submitted anything yet" in page.main

    page = page.follow("Submit an initiative")
    assert page.form["name"] == "Grace"
    assert "email" not in page.form
    tracking = page.press("Submit for review", **KAMPALA, show_name=True)
    assert "Submitted by Grace Verified submitter" in tracking.main
    mine = visitor.open("/").follow("My submissions")
    assert mine.link(KAMPALA["title"]) == tracking.url
    assert "Waiting for review" in mine.main


def test_whoever_changes_their_mind_takes_it_back_and_nobody_reviews_it(visitor, ada):
    tracking = tell(visitor)
    assert "Withdrawn" in tracking.follow("Take it back").press("Take it back").main
    assert "The queue is empty" in ada.open("/moderation/").main


def test_a_moderator_signs_in_on_the_way_to_a_submission(visitor, moderator):
    tracking = tell(visitor)
    ada = Visitor()
    page = ada.open("/moderation/").press("Sign in", login="ada@example.org", password="correct horse battery")
    assert page.url == "/moderation/"
    page.follow(KAMPALA["title"]).press("Approve and publish")
    assert "It is public." in visitor.open(tracking.url).main
