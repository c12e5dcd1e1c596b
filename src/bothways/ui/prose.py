"""What people write, as Markdown, made safe: a few plain marks, no pictures, no HTML."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
_parser = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable("linkify")
_parser.disable(["image", "heading", "lheading", "hr"])
if _parser.linkify:  # an address as people paste it; what only looks like one stays a word
    _parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(), "a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener nofollow ugc",
)


def to_html(text: str) -> str:
    return _cleaner.clean(_parser.render(text))
