"""A file is for everybody once its entry is public, and before that for moderators and whoever sent it alone."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from initiatives import moderation
from initiatives.content import read
from initiatives.models import Initiative, Remit
from tests import factories
from tests.browse.test_budget import queries

pytestmark = pytest.mark.django_db
ALT = "A market stall at dawn."


@pytest.fixture
def picture():
    return factories.upload(name="Straßenmarkt.jpg")


@pytest.fixture
def report():
    return factories.document("Annual report", name="report.pdf")


@pytest.fixture
def waiting(picture, report):
    return factories.submission("Kampala", picture=picture, picture_alt=ALT, documents=[report])


@pytest.fixture
def both(picture, report):
    return picture, report.upload


def statuses(browser, *uploads, ticket=False):
    """Return the answers to asking for every file of the uploads."""
    urls = [each.url(name, with_ticket=ticket) for each in uploads for name in each.types]
    return {browser.get(url).status_code for url in urls}


# ---- Who sees it -----------------------------------------------------------


def test_before_it_is_approved_a_file_is_there_for_moderators_and_whoever_sent_it_alone(
    waiting, both, client, member_client, moderator_client
):
    assert statuses(client, *both) == statuses(member_client, *both) == {404}
    assert statuses(moderator_client, *both) == statuses(client, *both, ticket=True) == {200}


def test_a_moderator_sees_the_files_of_their_remit_alone(waiting, both, moderator, moderator_client):
    remit = Remit.objects.create(moderator=moderator)
    remit.themes.add(factories.theme("boats"))
    assert statuses(moderator_client, *both) == {404}
    boats = factories.submission(picture=both[0], picture_alt=ALT, themes=[factories.theme("boats")])
    assert statuses(moderator_client, both[0]) == {200}
    # Also what an earlier version of a submission had.
    moderation.resubmit(boats, factories.content(themes=[factories.theme("boats")]))
    assert (statuses(moderator_client, both[0]), statuses(moderator_client, both[1])) == ({200}, {404})


def test_what_is_not_sent_yet_is_for_whoever_chose_it_alone(picture, client, moderator_client):
    assert statuses(client, picture) == statuses(moderator_client, picture) == {404}
    assert statuses(client, picture, ticket=True) == {200}


def test_a_private_file_is_like_one_that_never_was(waiting, picture, client):
    name = next(iter(picture.types))
    never = client.get(f"/files/{'0' * 40}/{name}")
    for address in (f"/files/{picture.key}/{name}", f"/files/{picture.key}/{name}?ticket={picture.key}"):
        answer = client.get(address)
        # Both say again what was asked for, in the links to the other languages.
        told, expected = (
            page.content.decode().replace(key, "…") for page, key in [(answer, picture.key), (never, "0" * 40)]
        )
        assert (answer.status_code, told.replace("?ticket=…", "")) == (404, expected)
        assert {**answer.headers, "Content-Length": ""} == {**never.headers, "Content-Length": ""}


def test_only_its_own_ticket_opens_a_file(waiting, picture, report, client):
    url = picture.url(next(iter(picture.types)))
    for ticket in (report.upload.ticket, picture.ticket[:-1], "", "x:y", "%00", "é" * 2000):
        assert client.get(url, {"ticket": ticket}).status_code == 404
    assert client.get(url, {"ticket": picture.ticket}).status_code == 200


def test_once_it_is_approved_a_file_is_public_until_its_entry_is_taken_off(
    waiting, both, client, moderator, moderator_client
):
    moderation.approve(waiting, by=moderator)
    assert statuses(client, *both) == {200}
    entry = Initiative.objects.get()
    moderation.unpublish(entry, by=moderator, reason="Ended.")
    assert statuses(client, *both) == statuses(client, *both, ticket=True) == {404}
    assert statuses(moderator_client, *both) == {200}
    moderation.republish(entry, by=moderator)
    assert statuses(client, *both) == {200}


def test_the_files_of_what_was_rejected_or_withdrawn_stay_private(waiting, picture, client, moderator):
    moderation.reject(waiting, by=moderator, note="No.")
    assert statuses(client, picture) == {404}
    moderation.withdraw(factories.submission(picture=picture, picture_alt=ALT))
    assert statuses(client, picture) == {404}


def test_a_new_picture_of_a_correction_is_private_until_a_moderator_takes_it(waiting, picture, client, moderator):
    moderation.approve(waiting, by=moderator)
    entry = Initiative.objects.get()
    for take, status in ((["title"], 404), (["picture"], 200)):
        content = read(entry.public)
        content.title, content.picture, content.picture_alt = f"New {status}", factories.upload(), "Another."
        correction = moderation.submit(content, submitter=moderation.Submitter(), base=entry.public)
        assert statuses(client, content.picture) == {404}
        moderation.approve(correction, by=moderator, take=take)
        assert statuses(client, content.picture) == {status}
        entry = Initiative.objects.get()
    # The versions that were approved before are public, too.
    assert statuses(client, picture) == {200}


# ---- How it comes ----------------------------------------------------------


def test_whatever_a_file_is_a_browser_only_downloads_it(waiting, picture, report, client, moderator):
    moderation.approve(waiting, by=moderator)
    answer = client.get(picture.url("40.webp"))
    expected = {
        "Content-Type": "image/webp",
        # Not what its sender called it: no moderator has approved that.
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "public, max-age=86400, immutable",
    }
    assert expected.items() <= dict(answer.headers).items()
    assert "Cookie" not in answer.headers.get("Vary", "")
    content = b"".join(answer.streaming_content)
    assert content == default_storage.open(picture.path("40.webp")).read()
    assert answer.headers["Content-Length"] == str(len(content))
    document = client.get(report.upload.url("document.pdf"))
    assert document.headers["Content-Type"] == "application/pdf"
    assert document.headers["Content-Disposition"] == "attachment"
    link = f'href="{report.upload.url("document.pdf")}" download="Annual report.pdf"'
    assert link in client.get("/initiatives/kampala/").content.decode()


def test_a_private_file_is_kept_by_no_cache_and_no_search_engine(waiting, picture, client):
    headers = client.get(picture.url("40.jpg", with_ticket=True)).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_whoever_has_the_file_already_is_told_so_without_opening_it(waiting, picture, client, moderator, monkeypatch):
    moderation.approve(waiting, by=moderator)
    url = picture.url("40.jpg")
    etag = client.get(url).headers["ETag"]
    monkeypatch.setattr(default_storage, "open", lambda *args: pytest.fail("it was opened"))
    again = client.get(url, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"].startswith("public")
    moderation.unpublish(Initiative.objects.get(), by=moderator, reason="Ended.")
    assert client.get(url, headers={"if-none-match": etag}).status_code == 404


def test_a_public_file_costs_the_database_little(waiting, picture, client, moderator):
    moderation.approve(waiting, by=moderator)
    assert queries(client, picture.url("40.jpg")) <= 2


def test_files_are_for_reading_only_and_have_no_other_names(waiting, picture, report, moderator_client):
    for name in ("document.pdf", "41.jpg", "40.php", "40.jpg/", "../40.jpg", "..%2f40.jpg", "%00"):
        assert moderator_client.get(f"/files/{picture.key}/{name}").status_code in (400, 404)
    assert moderator_client.get(report.upload.url("40.jpg")).status_code == 404
    assert moderator_client.post(picture.url("40.jpg")).status_code == 405


def test_a_file_that_the_storage_has_lost_is_not_there_and_one_it_cannot_give_now_may_be_later(
    waiting, picture, moderator_client, monkeypatch, caplog
):
    def away(*args):
        raise ConnectionError("away")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "open", away)
        assert moderator_client.get(picture.url("40.jpg")).status_code == 503
    default_storage.delete(picture.path("40.jpg"))
    assert moderator_client.get(picture.url("40.jpg")).status_code == 404
    assert "A file is missing from the storage." in caplog.text


# ---- The page of an entry --------------------------------------------------


def test_the_page_of_an_entry_shows_its_picture_and_its_documents(client, moderator):
    files = {"picture": factories.upload(data=factories.sent.picture(size=(1200, 800))), "picture_alt": ALT}
    entry = factories.initiative(**files, picture_credit="Photo: <Kampala>", documents=[factories.document("Report")])
    page = Client().get(entry.get_absolute_url()).content.decode()
    picture = entry.public.picture
    largest = picture.url("1200.jpg")
    assert f'src="{largest}" srcset="{picture.url("480.jpg")} 480w, {picture.url("960.jpg")} 960w, ' in page
    assert f'srcset="{picture.url("480.webp")} 480w' in page
    assert f'width="1200" height="800" alt="{ALT}"' in page
    assert "Photo: &lt;Kampala&gt;" in page
    assert f'href="{entry.public.attachments.get().upload.url("document.pdf")}"' in page
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{largest}">' in page
    assert "ticket" not in page


def test_an_entry_without_a_picture_has_the_card_of_the_site(client):
    page = client.get(factories.initiative().get_absolute_url()).content.decode()
    assert "<figure" not in page and "Documents" not in page
    assert page.count('property="og:image"') == 1 and "img/card" in page
