"""People's words as Markdown: the few marks that are allowed, and nothing that could act."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.ui.prose import TAGS, to_html
from bothways.ui.templatetags.ui import markdown

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "[x](/harbour/sign-out)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org" onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](y)',
    "<style>*{display:none}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<form action=//evil.example><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<details open ontoggle=alert(1)>x</details>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`</code><img src=x onerror=alert(1)>`",
    "> <script>\n> alert(1)\n> </script>",
    "- <img src=x\n  onerror=alert(1)>",
    "<x onclick=alert(1)>x</x>",
    "\x00<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "<a href=https://example.org target=_top ping=//evil.example>x</a>",
]


class Reader(HTMLParser):
    """What a browser would find: the elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    for tag, attributes in Reader(html).elements:
        assert tag in TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        if "href" in attributes:
            href = attributes["href"] or ""
            assert href.split(":")[0] in {"http", "https", "mailto"}
            assert attributes["rel"] == "noopener nofollow ugc"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_become_harmless(text: str) -> None:
    assert_harmless(to_html(text))
    assert_harmless(to_html(f"Hello\n\n{text}\n\nGoodbye"))


@given(st.text(alphabet="<>[]()!\"'`*_-\n :/#&;=xjavscriptonerh", max_size=200))
def test_whatever_is_typed_is_harmless(text: str) -> None:
    assert_harmless(to_html(text))


def test_there_are_enough_hostile_words() -> None:
    assert len(HOSTILE) >= 30


def test_the_few_marks_work() -> None:
    html = markdown("a *b* **c** `d`\n\n- e\n- f\n\n1. g\n\n> h\n\n[i](https://example.org)")
    for piece in ("<em>b</em>", "<strong>c</strong>", "<code>d</code>", "<li>e</li>", "<ol>", "<blockquote>"):
        assert piece in html
    assert '<a href="https://example.org" rel="noopener nofollow ugc">i</a>' in html


def test_titles_and_rules_stay_words() -> None:
    assert to_html("# Dear Amara").strip() == "<p># Dear Amara</p>"


def test_a_line_break_is_kept_for_the_stylesheet_to_show() -> None:
    assert to_html("one\ntwo").strip() == "<p>one\ntwo</p>"


def test_nothing_is_nothing() -> None:
    assert markdown("") == ""


def test_an_address_is_a_link_as_people_paste_it() -> None:
    assert to_html("See https://example.org/a?b=1 please").count('href="https://example.org/a?b=1"') == 1
    assert "href" not in to_html("example.org, ada@example.org, javascript:alert(1)")
