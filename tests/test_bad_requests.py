"""What no browser would send: the answer is a page that says so, never an error of ours, never the whole catalogue."""

import io
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from config.wsgi import application
from tests import factories

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
PATHS = ["/", "/initiatives/", "/submit/", "/submit/cities/", "/accounts/login/", "/themes/sea/", "/nothing/"]


@pytest.fixture(autouse=True, scope="module")
def entry(kept):
    return factories.initiative("Canary", themes=[factories.theme("sea")])


@pytest.fixture(autouse=True)
def open_connection():
    """Keep the test's connection, which a request would close at its end."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def client():
    """A browser that shows the answer to an error as a visitor would see it, and is asked for CSRF tokens."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def ask(path, query="", *, method="GET", body=b"", **environ):
    """Send raw bytes (one a character, as WSGI has it) to the application; return its status and page."""
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer["status"] = int(status[:3])

    response = application(
        {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "CONTENT_LENGTH": str(len(body)),
        }
        | environ,
        start_response,
    )
    page = b"".join(response).decode()
    response.close()
    return answer["status"], page


def assert_refused(status, page):
    assert status == 400
    assert 'class="masthead"' in page and "The request could not be read" in page
    assert "Canary" not in page


# ---- The address -----------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_a_nul_byte_or_broken_text_in_the_query_is_refused(path, subtests):
    for query in ["q=%00", "%00", "q=a\x00b", "q=%FF", "q=\xff", "theme=%C3", "q=%ED%A0%80", "q=%C0%80", "q=%F8%88"]:
        with subtests.test(query):
            assert_refused(*ask(path, query))


@pytest.mark.parametrize("path", ["/\x00", "/initiatives/\x00/", "/countries/U\x00/", "/submissions/\x00/"])
def test_a_nul_byte_in_the_path_is_refused(path):
    assert_refused(*ask(path))


@pytest.mark.parametrize("path", ["/\xff/", "/initiatives/\xc3\x28/", "/themes/\xed\xa0\x80/", "/submissions/\xff/"])
def test_broken_text_in_the_path_leads_to_no_page(path):
    status, page = ask(path)
    assert status == 404
    assert "There is no page at this address" in page


@pytest.mark.parametrize("path", ["/initiatives/é/", "/كمبالا/", "/%2500/", "/a%FFb/"])
def test_letters_of_any_script_and_percent_signs_in_the_path_are_fine(path, client):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_very_long_query_is_answered_and_matches_nothing(path, client, subtests):
    for query in ["q=" + "x" * 10_000, "x" * 10_000, "theme=" + "y" * 10_000, "&" * 10_000]:
        with subtests.test(query[:10]):
            response = client.get(f"{path}?{query}")
            assert response.status_code < 500
            if "=" in query and path == "/initiatives/":
                assert "Canary" not in response.content.decode()
            assert len(response.content) < 200_000


def test_more_parameters_than_any_form_has_are_refused(client):
    response = client.get("/initiatives/?" + "&".join(f"theme={n}" for n in range(2000)))
    assert_refused(response.status_code, response.content.decode())


def test_a_very_long_path_leads_to_no_page(client):
    for path in ("/initiatives/" + "x" * 10_000 + "/", "/countries/" + "X" * 10_000 + "/", "/" + "a/" * 5_000):
        assert client.get(path).status_code == 404


def test_numbers_that_no_database_holds_are_answered(client, subtests):
    huge = "9" * 400
    for address in [f"/initiatives/?year={huge}", f"/initiatives/?city={huge}", f"/moderation/{huge}/"]:
        with subtests.test(address[:20]):
            response = client.get(address)
            assert response.status_code in (200, 302, 404)
            assert "Canary" not in response.content.decode()


def test_every_parameter_repeated_is_answered(client):
    names = ["q", "theme", "country", "year", "submitter", "status", "sort", "page"]
    response = client.get("/initiatives/?" + "&".join(f"{name}={value}" for name in names for value in "12"))
    assert response.status_code == 404
    response = client.get("/initiatives/?" + "&".join(f"{name}={value}" for name in names[:-1] for value in "12"))
    assert response.status_code == 200
    assert "Canary" not in response.content.decode()


# ---- Methods and headers ---------------------------------------------------


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "FOO", "TRACE", "OPTIONS", "CONNECT"]
)
@pytest.mark.parametrize(
    "path", ["/", "/initiatives/", "/initiatives/canary/", "/themes/sea/", "/feeds/initiatives.atom"]
)
def test_pages_are_for_reading_only(method, path, client):
    response = client.generic(method, path)
    assert response.status_code in (403, 405)
    assert "Canary" not in response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_a_head_request_has_no_body(path, client):
    assert client.head(path).content == b""


@pytest.mark.parametrize("host", ["evil.example", "te st", "testserver@evil.example", "[::", "\xff", ""])
def test_another_host_is_refused(host, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert_refused(*ask("/", HTTP_HOST=host or "."))


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="\\000aaaaaaaa"',
        "sessionid=%00aaaaaaaa",
        "sessionid=" + "a" * 4000,
        "sessionid=\xff\xfe\xfdaaaaaa",
        "csrftoken=\xff; messages=broken",
        "=; ;;; a",
    ],
)
def test_strange_cookies_are_answered(cookie):
    for path in ("/", "/accounts/submissions/", "/submit/"):
        assert ask(path, HTTP_COOKIE=cookie)[0] in (200, 302, 400)


@pytest.mark.parametrize("language", ["xx", "\xff", "en;q=x", "a" * 5000, "fr,ar;q=0.5", "../../etc", "*"])
def test_strange_languages_are_answered(language):
    assert ask("/", HTTP_ACCEPT_LANGUAGE=language, HTTP_COOKIE=f"django_language={language}")[0] == 200


# ---- Forms -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/submit/", "/accounts/login/", "/accounts/signup/", "/initiatives/", "/nothing/"])
@pytest.mark.parametrize("type_", [FORM, "multipart/form-data; boundary=x"])
def test_a_form_in_another_charset_than_utf_8_is_refused(type_, path, client, subtests):
    client.cookies["csrftoken"] = "a" * 32
    for charset in [
        "utf-7",
        "utf-16",
        "latin-1",
        "rot13",
        "base64",
        "idna",
        "punycode",
        "undefined",
        "nonsense",
        '""',
    ]:
        with subtests.test(charset):
            response = client.generic("POST", path, b"csrfmiddlewaretoken=" + b"a" * 32, f"{type_}; charset={charset}")
            assert_refused(response.status_code, response.content.decode())


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "rot13", "undefined", "nonsense"])
def test_a_query_in_another_charset_than_utf_8_is_refused(charset):
    for type_ in ("text/plain", "application/json", FORM):
        assert_refused(*ask("/initiatives/", "q=+AAA-", CONTENT_TYPE=f"{type_}; charset={charset}"))


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii"])
def test_a_form_in_utf_8_is_read(charset, client):
    response = client.post("/submit/", b"", content_type=f"{FORM}; charset={charset}")
    assert response.status_code == 403


@pytest.mark.parametrize(
    "content_type",
    [
        f"{FORM}; charset*=utf-8''%00",
        f"{FORM}; charset*=utf-9''x%FF",
        f"{FORM}; title*=nonsense''x",
        "text/plain; charset*=utf-8''%00",
        f"{FORM}; charset=" + "x" * 20_000,
        f"{FORM}; charset=\xff",
        "; ; ;",
        "\xff\xfe",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\xff",
        "multipart/form-data; boundary=" + "x" * 300,
    ],
)
def test_a_content_type_that_means_nothing_is_answered(content_type, subtests):
    for method in ("GET", "POST"):
        with subtests.test(method):
            status, page = ask(
                "/submit/", method=method, body=b"a=b", CONTENT_TYPE=content_type, HTTP_COOKIE="csrftoken=a"
            )
            assert status in (200, 400, 403)
            assert "</h1>" in page


MULTIPART = [
    b"",
    b"--x",
    b"--x--",
    b"--x\r\n\r\n",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"b" * 100,
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="\x00"\r\n\r\nb\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\n\xff\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
]


@pytest.mark.parametrize("body", MULTIPART)
def test_a_broken_multipart_form_is_answered(body, client):
    client.cookies["csrftoken"] = "a" * 32
    response = client.generic("POST", "/submit/", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in (400, 403)
    assert b"<h1>" in response.content


def test_a_form_with_too_many_fields_is_refused(client):
    client.cookies["csrftoken"] = "a" * 32
    body = "&".join(f"f{number}=" for number in range(2000))
    response = client.post("/submit/", body, content_type=FORM)
    assert_refused(response.status_code, response.content.decode())


def test_a_form_that_is_too_large_is_refused(client):
    client.cookies["csrftoken"] = "a" * 32
    response = client.post("/submit/", "title=" + "x" * 3_000_000, content_type=FORM)
    assert_refused(response.status_code, response.content.decode())


@pytest.mark.parametrize("path", ["/submit/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_nul_bytes_and_broken_text_in_the_fields_of_a_form_are_answered(path, client):
    names = ["title", "summary", "key", "language", "countries", "cities", "themes", "declarations", "stage", "email"]
    names += ["login", "password", "password1", "listings-0-channel", "organisations-0-name", "organisations-0-type"]
    totals = "&".join(
        f"{group}-TOTAL_FORMS=1&{group}-INITIAL_FORMS=0" for group in ("organisations", "listings", "links")
    )
    free = Client(raise_request_exception=False)
    for value in ("%00", "a%00b", "%FF%FE", "%ED%A0%80", "\\", "%F0%9F%98%80"):
        body = "&".join(f"{name}={value}" for name in names) + f"&{totals}"
        response = free.post(path, body, content_type=FORM)
        assert response.status_code in (200, 302, 400), value


def test_a_form_from_elsewhere_is_refused_in_the_sites_clothes(client):
    response = client.post("/submit/", {"title": "x"})
    assert response.status_code == 403
    assert 'class="masthead"' in response.content.decode() and b"</h1>" in response.content


class Upload(io.BytesIO):
    """A body that looks at every reading what the site has kept of it in `folder`."""

    folder: Path
    kept = 0

    def read(self, size=-1):
        self.kept += len(list(self.folder.iterdir()))
        return super().read(size)


@pytest.mark.parametrize("path", ["/accounts/login/", "/submit/", "/initiatives/", "/admin/login/"])
def test_a_file_is_refused_before_any_of_it_is_kept(path, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    body = Upload(head + bytes(60_000_000) + b"\r\n--x--\r\n")
    body.folder = tmp_path
    environ = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(len(body.getbuffer())),
        "HTTP_COOKIE": "csrftoken=" + "a" * 32,
    }
    assert_refused(*ask(path, method="POST", CONTENT_TYPE="multipart/form-data; boundary=x", **environ))
    assert body.kept == 0
    assert body.tell() < 1_000_000
