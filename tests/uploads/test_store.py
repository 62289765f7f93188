"""Files in an S3-compatible store, without a network: kept and deleted there, and told when it does not answer."""

import pytest
from boto3.s3.transfer import TransferConfig
from botocore.stub import ANY, Stubber
from django.core.files.storage import default_storage

from initiatives.models import FileKind, Upload
from initiatives.uploads.keeping import erase
from tests import factories
from tests.sent import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings):
    """A store that answers what it is told to, and to nothing else."""
    options = {"bucket_name": "passerelle", "endpoint_url": "https://store.example.org", "location": "files"}
    options |= {"access_key": "key", "secret_key": "secret", "region_name": "somewhere"}
    options["transfer_config"] = TransferConfig(use_threads=False)
    s3 = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": s3}
    with Stubber(default_storage.connection.meta.client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def test_a_file_goes_into_the_store_under_its_key_and_is_deleted_there(store, monkeypatch):
    monkeypatch.setattr("initiatives.models.upload.secrets.token_hex", lambda length: "ab" * length)
    place = {"Bucket": "passerelle", "Key": f"files/ab/{'ab' * 20}-document.pdf"}
    sent = {"Body": ANY, "ContentType": "application/pdf", "ChecksumAlgorithm": ANY}
    store.add_response("put_object", {}, place | sent)
    upload = factories.upload(FileKind.DOCUMENT, pdf())

    store.add_response("head_object", {"ContentLength": len(pdf())}, place)
    store.add_response("delete_object", {}, place)
    erase(upload)
    assert not Upload.objects.exists()


def test_a_file_that_the_store_does_not_have_is_not_there_and_one_it_cannot_give_may_come_later(store, client, caplog):
    store.add_response("put_object", {})
    upload = factories.upload(FileKind.DOCUMENT)
    for status, answered in ((404, 404), (500, 503)):
        store.add_client_error("head_object", http_status_code=status)
        assert client.get(upload.url("document.pdf", with_ticket=True)).status_code == answered
