"""Files are deleted when nobody needs them any more, and never while a version that was approved has them."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from initiatives import moderation, uploads
from initiatives.content import read
from initiatives.models import Draft, Initiative, Upload
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sweep(*, days):
    """Delete what is needless in some days from now."""
    return uploads.delete_needless(timezone.now() + timedelta(days=days, hours=1))


def illustrated(**values):
    return {"picture": factories.upload(), "picture_alt": "A market.", "documents": [factories.document()]} | values


def stored(upload):
    return [default_storage.exists(upload.path(name)) for name in upload.types]


def test_what_was_never_submitted_is_deleted_after_a_day(capsys):
    upload = factories.upload()
    assert sweep(days=0).deleted == 0
    assert all(stored(upload))
    Upload.objects.update(used_at=timezone.now() - 2 * DAY)
    call_command("delete_orphaned_uploads")
    assert "Files deleted: 1." in capsys.readouterr().out
    assert not any(stored(upload)) and not Upload.objects.exists()


def test_a_file_that_is_still_on_somebodys_page_is_kept_for_another_day():
    upload = factories.upload()
    Upload.objects.update(used_at=timezone.now() - 2 * DAY)
    assert uploads.redeem([upload.ticket]) == {upload.ticket: upload}
    assert sweep(days=0).deleted == 0


def test_a_file_in_a_draft_is_kept_as_long_as_the_draft():
    draft = Draft.objects.create(answers={"title": ["Kampala"], "picture": [factories.upload().ticket]})
    assert sweep(days=89).deleted == 0
    draft.delete()
    assert sweep(days=89).deleted == 1


def test_what_waits_for_a_moderator_or_its_submitter_is_kept_however_long(moderator):
    factories.submission(**illustrated())
    moderation.request_changes(factories.submission(**illustrated()), by=moderator, note="Which city?")
    assert sweep(days=1000).deleted == 0


def test_what_was_rejected_or_withdrawn_is_deleted_ninety_days_later(moderator):
    moderation.reject(factories.submission(**illustrated()), by=moderator, note="No.")
    withdrawn = factories.submission(**illustrated())
    moderation.withdraw(withdrawn)
    assert sweep(days=89).deleted == 0
    assert sweep(days=90).deleted == 4
    content = read(withdrawn.revision.__class__.objects.get(pk=withdrawn.revision_id))
    assert (content.picture, content.picture_alt, content.documents) == (None, "", [])


def test_what_was_exchanged_before_it_was_published_is_deleted_and_what_was_ever_public_never(moderator):
    submission = factories.submission(**illustrated())
    first = read(submission.revision)
    moderation.resubmit(submission, factories.content("Kampala", **illustrated()))
    moderation.approve(submission, by=moderator)
    entry = Initiative.objects.get()
    public = read(entry.public)
    without = moderation.submit(factories.content("Later"), submitter=moderation.Submitter(), base=entry.public)
    moderation.approve(without, by=moderator)
    moderation.unpublish(Initiative.objects.get(), by=moderator, reason="Ended.")
    assert sweep(days=1000).deleted == 2
    assert not Upload.objects.filter(pk__in=[first.picture.pk, first.documents[0].upload.pk]).exists()
    assert all(stored(public.picture) + stored(public.documents[0].upload))


def test_a_file_of_a_rejected_submission_that_another_one_has_is_kept(moderator):
    files = illustrated()
    moderation.reject(factories.submission(**files), by=moderator, note="Twice.")
    factories.submission(**files)
    assert sweep(days=1000).deleted == 0


def test_what_somebody_submits_at_the_last_moment_is_kept(monkeypatch):
    upload = factories.upload()
    taken_out = uploads.sweeping._taken_out

    def submitted_meanwhile(upload, now):
        factories.submission(picture=upload, picture_alt="A market.")
        return taken_out(upload, now)

    monkeypatch.setattr(uploads.sweeping, "_taken_out", submitted_meanwhile)
    assert sweep(days=2).deleted == 0
    assert all(stored(upload))


@pytest.mark.parametrize("crash", ["before its files", "after its files", "while it was written"])
def test_what_a_crash_leaves_half_done_is_finished_the_next_time(crash, monkeypatch, caplog):
    upload = factories.upload()
    if crash == "while it was written":
        Upload.objects.update(is_ready=False)
        default_storage.delete(upload.path("40.jpg"))
    else:
        name = {"before its files": "exists", "after its files": "delete"}[crash]
        target = default_storage if crash == "before its files" else Upload

        def stop(*args, **kwargs):
            raise OSError("the power is gone")

        with monkeypatch.context() as patch:
            patch.setattr(target, name, stop)
            assert sweep(days=2) == uploads.sweeping.Swept(deleted=0, failed=1)
    # Nobody can use it any more, whatever of it is there.
    assert uploads.redeem([upload.ticket]) == {}
    Upload.objects.update(used_at=timezone.now())
    assert sweep(days=2).deleted == 1
    assert not any(stored(upload)) and not Upload.objects.exists()


def test_the_command_says_what_it_could_not_delete_and_deletes_the_rest(monkeypatch, caplog):
    broken, fine = factories.upload(), factories.upload()
    Upload.objects.update(used_at=timezone.now() - 2 * DAY)
    delete = default_storage.delete

    def refuse(path):
        if broken.key in path:
            raise OSError("away")
        delete(path)

    monkeypatch.setattr(default_storage, "delete", refuse)
    with pytest.raises(CommandError, match="1 file could not be deleted"):
        call_command("delete_orphaned_uploads")
    assert list(Upload.objects.all()) == [broken]
    assert not any(stored(fine))
