"""A visitor without JavaScript: reads a page as a browser does, and sends its forms as they stand on it.

A test that posts made-up fields proves little about the page. So a field that the page does not have
cannot be filled, a choice that it does not offer cannot be chosen, and a button that is not there
cannot be pressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin

from django.http import HttpResponse
from django.test import Client

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNSEEN = {"head", "script", "style", "template", "datalist"}
_BLOCKS = {"p", "li", "div", "h1", "h2", "h3", "h4", "dt", "dd", "tr", "td", "th", "legend", "label", "option"}


@dataclass
class Node:
    """An element of a page."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self, *tags: str) -> Iterator[Node]:
        """Yield the elements inside, in the order of the page; only those with a tag of `tags`, if any."""
        for child in self.children:
            if isinstance(child, Node):
                if not tags or child.tag in tags:
                    yield child
                yield from child.walk(*tags)

    @property
    def text(self) -> str:
        """The words a reader sees, with single spaces."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        if self.tag in _UNSEEN:
            return
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield " " if child.tag in _BLOCKS or child.tag == "br" else ""
                yield from child._words()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "option" and self.open[-1].tag == "option":
            self.open.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


class Form:
    """A form of a page, with what is filled in."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.controls = [each for each in node.walk("input", "select", "textarea") if each.attrs.get("name")]
        self.values = [(each.attrs["name"], value) for each in self.controls for value in _sent(each)]
        self.files: dict[str, Any] = {}

    def __contains__(self, name: str) -> bool:
        return any(each.attrs["name"] == name for each in self.controls)

    def all(self, name: str) -> list[str]:
        """Return every value that would be sent under `name`."""
        return [value for each, value in self.values if each == name]

    def __getitem__(self, name: str) -> str:
        """Return the one value that would be sent under `name`; nothing for a box that is not ticked."""
        assert name in self, f"there is no field {name} on the page"
        return next(iter(self.all(name)), "")

    def fill(self, **answers: Any) -> Form:
        """Type, choose and tick; a list goes into boxes of one name, one after the other. `__` stands for "-"."""
        for typed, answer in answers.items():
            name = typed.replace("__", "-")
            controls = [each for each in self.controls if each.attrs["name"] == name]
            assert controls, f"there is no field {name} on the page"
            if hasattr(answer, "read"):
                assert controls[0].attrs.get("type") == "file", f"{name} takes no file"
                assert self.node.attrs.get("enctype") == "multipart/form-data", "the form sends no files"
                self.files[name] = answer
                continue
            values = [str(each) for each in (answer if isinstance(answer, list) else [answer])]
            if controls[0].attrs.get("type") == "checkbox" and not isinstance(answer, list):
                values = [controls[0].attrs.get("value", "on")] if answer else []
            offered = _offered(controls)
            if offered is None:
                assert len(values) <= len(controls), f"there are only {len(controls)} boxes for {name}"
                values += [""] * (len(controls) - len(values))
            else:
                assert set(values) <= offered, f"{name} does not offer {set(values) - offered}"
            self.values = [pair for pair in self.values if pair[0] != name] + [(name, value) for value in values]
        return self

    def button(self, words: str) -> Node:
        """Return the button with these words that a reader sees, or the first of them."""
        buttons = [each for each in self.node.walk("button") if each.text == words]
        assert buttons, f"there is no button “{words}” but {[each.text for each in self.node.walk('button')]}"
        return buttons[-1]


def _offered(controls: list[Node]) -> set[str] | None:
    """Return what can be chosen, or None where people type."""
    if controls[0].tag == "select":
        return {option.attrs.get("value", option.text) for option in controls[0].walk("option")}
    if controls[0].attrs.get("type") in ("checkbox", "radio"):
        return {each.attrs.get("value", "on") for each in controls}
    return None


def _sent(control: Node) -> list[str]:
    if "disabled" in control.attrs or control.attrs.get("type") in ("submit", "button", "image", "reset", "file"):
        return []
    if control.tag == "textarea":
        return ["".join(str(child) for child in control.children).removeprefix("\n")]
    if control.tag == "select":
        options = list(control.walk("option"))
        chosen = [each for each in options if "selected" in each.attrs] or options[:1]
        return [each.attrs.get("value", each.text) for each in chosen]
    if control.attrs.get("type") in ("checkbox", "radio"):
        return [control.attrs.get("value", "on")] if "checked" in control.attrs else []
    return [control.attrs.get("value", "")]


class Page:
    """A page as it arrived."""

    def __init__(self, response: HttpResponse, visitor: Visitor, url: str) -> None:
        self.response, self.visitor, self.url = response, visitor, url
        self.status = response.status_code
        self.html = response.content.decode()
        self.form_found: Form | None = None

    @cached_property
    def root(self) -> Node:
        """The page as a tree, which is made when somebody looks at it."""
        reader = _Reader()
        reader.feed(self.html)
        return reader.open[0]

    @property
    def title(self) -> str:
        """The title in the browser's tab."""
        return "".join(str(child) for node in self.root.walk("title") for child in node.children)

    @property
    def main(self) -> str:
        """The words of the page without its head and foot."""
        return next(self.root.walk("main")).text

    @property
    def h1(self) -> str:
        """The heading."""
        return next(self.root.walk("h1")).text

    def by_id(self, id_: str) -> Node | None:
        """Return the element with this id."""
        return next((node for node in self.root.walk() if node.attrs.get("id") == id_), None)

    def error(self, name: str) -> str:
        """Return what stands as an error at a field, or nothing."""
        node = self.by_id(f"id_{name}_error")
        return node.text if node else ""

    @property
    def errors(self) -> list[str]:
        """The lines of the summary at the top; each of them leads to something on the page."""
        box = next((node for node in self.root.walk("div") if "error-summary" in node.attrs.get("class", "")), None)
        for link in box.walk("a") if box else ():
            assert self.by_id(link.attrs["href"].removeprefix("#")), f"{link.attrs['href']} leads nowhere"
        return [line.text for line in box.walk("li")] if box else []

    def link(self, words: str) -> str:
        """Return where the link with these words leads."""
        links = {node.text: node.attrs["href"] for node in self.root.walk("a")}
        assert words in links, f"there is no link “{words}” but {list(links)}"
        return links[words]

    @property
    def form(self) -> Form:
        """The form of the page's main part that asks most; what is filled in stays filled in."""
        if not self.form_found:
            forms = [Form(node) for node in next(self.root.walk("main")).walk("form")]
            assert forms, "there is no form on the page"
            self.form_found = max(forms, key=lambda form: len(form.controls))
        return self.form_found

    def follow(self, words: str) -> Page:
        """Press a link."""
        return self.visitor.open(urljoin(self.url, self.link(words)))

    def form_with(self, words: str) -> Form:
        """Return the form that has a button with these words: the one that asks most, or else the first."""
        forms = [self.form, *map(Form, next(self.root.walk("main")).walk("form"))]
        return next((each for each in forms if words in [node.text for node in each.node.walk("button")]), self.form)

    def press(self, words: str, **answers: Any) -> Page:
        """Fill in the form that has the button with these words and press it."""
        form = self.form_with(words).fill(**answers)
        button = form.button(words)
        pressed = [(button.attrs["name"], button.attrs.get("value", ""))] if "name" in button.attrs else []
        data: dict[str, list[Any]] = {}
        for name, value in form.values + pressed:
            data.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\n", "\r\n"))
        for name, file in form.files.items():
            file.seek(0)
            data[name] = [file]
        action = button.attrs.get("formaction") or form.node.attrs.get("action", "")
        url = urljoin(self.url, action) if action else self.url
        if form.node.attrs.get("method", "get") == "get":
            return self.visitor.open(f"{url.partition('?')[0]}?{urlencode(data, doseq=True)}")
        return self.visitor.send(url, data)


class Visitor:
    """Somebody at a browser."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(enforce_csrf_checks=True)

    def open(self, url: str) -> Page:
        """Open an address, wherever it leads in the end."""
        response = self.client.get(urldefrag(url).url, follow=True)
        return self._arrived(response, url)

    def send(self, url: str, data: dict[str, list[Any]]) -> Page:
        """Send a form."""
        response = self.client.post(urldefrag(url).url, data, follow=True)
        return self._arrived(response, url)

    def _arrived(self, response: Any, url: str) -> Page:
        return Page(response, self, response.redirect_chain[-1][0] if response.redirect_chain else url)
