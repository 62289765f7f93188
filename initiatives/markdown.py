"""Markdown that strangers wrote, as HTML that is safe to show."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

# CommonMark without raw HTML and images: an image in a text would call a third party from our page. And without what
# makes a long page of a short text: tables (empty cells), addresses given once and used again, and deep nesting.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 8}).disable(["image", "reference"])
_plain = MarkdownIt("zero", {"breaks": True}).enable("newline")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}
# The page's own headings are h1 and h2; a heading in a text goes below them, so that the outline holds.
_LEVELS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
#: What makes more than so many characters of each one is no formatting, and is shown as it was typed.
_SWELLING = 8
_SHORT = 1000
# What an excerpt leaves out: addresses of links, and the signs of headings, lists, quotes, emphasis and code.
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_SIGNS = re.compile(r"^[ \t]*(?:#{1,6}|[-*+>]|\d+[.)])[ \t]+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", re.MULTILINE)


@lru_cache(maxsize=500)
def to_html(text: str) -> str:
    """Return `text` (Markdown) as HTML of a few harmless elements; links carry rel="nofollow ugc"."""
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _LEVELS[token.tag]
    html = _cleaned(_markdown.renderer.render(tokens, _markdown.options, {}))
    return html if len(html) < _SWELLING * max(len(text), _SHORT) else _cleaned(_plain.render(text))


def to_plain(text: str) -> str:
    """Return `text` (Markdown) about as it reads, in one line and without formatting; it is not safe as HTML."""
    return " ".join(_SIGNS.sub("", _LINK.sub(r"\1", text)).split())


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )
