"""Texts of strangers are shown with a little formatting and can do nothing else."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.markdown import to_html
from tests import factories
from tests.browse.pages import get

ALLOWED = re.compile(
    r"</?(?:p|br|strong|em|ul|ol|li|blockquote|code|pre|h3|h4|hr|a)"
    r'(?: (?:href|title|start|rel)="[^"<>]*")*>'
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
        ("One\nTwo", "<p>One<br>\nTwo</p>\n"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("# Big\n\n## Less\n\n### Small", "<h3>Big</h3>\n<h3>Less</h3>\n<h4>Small</h4>\n"),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>\n"),
        (
            "[a](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener">a</a></p>\n',
        ),
        ("<mailto:a@example.org>", '<p><a href="mailto:a@example.org" rel="nofollow ugc noopener">'),
    ],
)
def test_simple_formatting_is_shown(text, html):
    assert to_html(text).startswith(html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "![x](https://evil.example/pixel.png)",
        "![x][1]\n\n[1]: https://evil.example/pixel.png",
        '[x](https://example.org "\\" onmouseover=alert(1) \\"")',
        '[x](https://example.org/"onmouseover="alert(1))',
        "[x]: https://example.org 'a' onclick=alert(1)\n\n[x]",
        "<div style='position:fixed'>x</div>",
        "<iframe src=https://evil.example></iframe>",
        "<form action=https://evil.example><input name=password></form>",
        "<style>*{display:none}</style>",
        "<!-- x --> <![CDATA[x]]> <?php x ?>",
        "```<script>\nalert(1)\n```",
        '``` "><script>alert(1)</script>\nx\n```',
        "|a|\n|:-:|\n|<b onclick=x>1|",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<p id=content class=masthead>x</p>",
    ],
)
def test_nothing_in_a_text_becomes_active_or_calls_a_third_party(text):
    assert_harmless(to_html(text))


@given(st.text(st.sampled_from("<>[]()!\"'`*_#|-:&;\\/= \nabjavscriptonerrorhrefsrc"), max_size=60))
def test_no_mix_of_signs_becomes_active(text):
    assert_harmless(to_html(text))


def assert_harmless(html):
    rest = ALLOWED.sub("", html)
    assert "<" not in rest, html
    for address in re.findall(r'href="([^"]*)"', html):
        assert address.lower().startswith(("http://", "https://", "mailto:", "/", "#")) or ":" not in address


@pytest.mark.parametrize(
    "sign", ["[", "*", "`", "<", "(", "> ", "![", "_a", "- ", "|a|\n|-|\n", "[a](", "&", "\\", "**a"]
)
def test_a_text_of_signs_alone_is_shown_at_once(sign):
    started = time.perf_counter()
    to_html((sign * 10_000)[:10_000])
    assert time.perf_counter() - started < 2


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["what_it_does", "how_it_works", "results", "reusable"])
def test_every_part_of_an_entry_is_formatted_and_harmless(part, client):
    text = "**bold** <script>alert(1)</script> [x](javascript:alert(1)) ![i](https://evil.example/i.png)"
    factories.initiative("Nasty", **{part: text})
    page = get(client, "/initiatives/nasty/")
    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page and 'href="javascript' not in page and '<img src="https://evil' not in page


@pytest.mark.django_db
def test_a_summary_and_a_title_are_plain_text(client):
    factories.initiative("Not **bold**", summary="Not *soft*, [x](https://example.org)")
    page = get(client, "/initiatives/not-bold/")
    assert "Not **bold**" in page and "Not *soft*, [x](https://example.org)" in page
