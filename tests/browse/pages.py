"""Reads pages as a visitor sees them."""

import re
from html import unescape

from django.conf import settings
from django.test import Client

TITLE = re.compile(r'<article class="entry[^"]*">.*?<h\d[^>]*>\s*<a [^>]*>(.*?)</a>', re.DOTALL)
MARK = re.compile("</?mark>")
NOTICE = re.compile(r'<p class="notice warning"[^>]*>(.*?)</p>', re.DOTALL)
CHIP = re.compile(
    r'<a class="chip" href="([^"]*)"><span class="visually-hidden">(.*?)</span>\s*<bdi>(.*?)</bdi>', re.DOTALL
)
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


def get(client: Client, address: str, status: int = 200) -> str:
    """Return the page at an address, which answers with `status`."""
    response = client.get(address)
    assert response.status_code == status, f"{address} answered {response.status_code}"
    return response.content.decode()


def titles(client: Client, query: str = "", path: str = "/initiatives/") -> list[str]:
    """Return the titles of the entries that a list shows, in order, without the marks of a search."""
    return [unescape(MARK.sub("", found)) for found in TITLE.findall(get(client, path + query))]


def notices(page: str) -> list[str]:
    """Return the sentences of warning on a page."""
    return [unescape(found) for found in NOTICE.findall(page)]


def chips(page: str) -> dict[tuple[str, str], str]:
    """Return the filters in force, (name, value), each with the address without it."""
    return {
        (unescape(name).removeprefix("Remove ").removesuffix(":"), unescape(label)): unescape(url)
        for url, name, label in CHIP.findall(page)
    }


def canonical(page: str) -> str:
    """Return the canonical address of a page, without the site's."""
    (found,) = CANONICAL.findall(page)
    return unescape(found).removeprefix(settings.SITE_URL)


def text_of(page: str) -> str:
    """Return the words of a page's main part, without tags."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())
