"""Tags and filters that every template may use."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

import lucide
from django import template
from django.forms.utils import flatatt
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaulttags import querystring
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bothways.ui import addresses, moments, prose

register = template.Library()
ANYWHERE = {"leave": addresses.LEAVE, "how_outside": addresses.HOW_OUTSIDE}
_NOTHING = SafeString("")


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, label: str) -> SafeString:
    attributes: dict[str, Any] = {"class": "icon", "focusable": "false"}
    attributes |= {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return SafeString(lucide._render_icon(name, size, **attributes))


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A Lucide icon, inline. Without a label it is decoration beside words."""
    return _drawn(str(name), size, str(label))


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], prefix: str) -> str:
    """`page` where the address lies below the prefix; for aria-current."""
    return "page" if context["request"].path.startswith(prefix) else ""


@register.simple_tag(takes_context=True)
def at_page(context: Context, parameter: str, number: int) -> str:
    """This address with one of its lists at that page; `parameter` is the list's own."""
    return querystring(context, None, **{parameter: number})


@register.simple_tag(takes_context=True)
def places(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The places of this organisation, in their order; none outside one."""
    organisation = context.get("organisation")
    return addresses.places(organisation.slug, context["request"].path) if organisation else []


@register.simple_tag(takes_context=True)
def address_of(context: dict[str, Any], what: str) -> str:
    """Where `self`, `inbox`, `how`, `how_outside` or `leave` is, or nothing."""
    organisation = context.get("organisation")
    if what in ANYWHERE:
        return addresses.find(ANYWHERE[what])
    name = {"inbox": addresses.INBOX, "how": addresses.HOW}.get(what, addresses.SELF)
    return addresses.find(name, organisation=organisation.slug) if organisation else ""


@register.simple_tag(takes_context=True)
def ring(context: dict[str, Any], person: Any, size: str = "normal") -> SafeString:
    """Somebody's photo between the two arcs, or their initials where there is none."""
    if not getattr(person, "photo", ""):
        return _ring("", initials(getattr(person, "name", "")), str(size))
    organisation = context.get("organisation") or person.organisation
    photo = addresses.find(addresses.PHOTO, organisation=organisation.slug, key=person.key)
    return _ring(photo, initials(person.name), str(size))


@lru_cache(maxsize=1024)
def _ring(photo: str, letters: str, size: str) -> SafeString:
    """A page of people has many with the same letters."""
    return render_to_string("ui/parts/ring.html", {"photo": photo, "initials": letters, "size": size})


@register.simple_tag(takes_context=True)
def lines_of(
    context: dict[str, Any],
    person: Any,
    *,
    size: str,
    link: Any,
    tab: Any,
    brings: Any,
    why: Any,
    named: Any = "yes",
) -> SafeString:
    """Who somebody is, what they bring, and why they are shown: a line each where there is one to say.

    Not `named` where the page's title names them: what the title leaves out is said all the same.
    """
    small, address = size == "small", _page_of(context, person, link)
    name = _linked(person.name, address, beside=bool(tab)) if address else person.name
    if not named:
        name = ""
    if not (small and named) and (pronouns := getattr(person, "pronouns", "")):
        name = format_html('{} <span class="pronouns">{}</span>', name, pronouns)
    own = getattr(person, "brings", "") if brings and not small else ""
    known = (
        ('<p class="name">{}</p>', name),
        ('<p class="post">{}</p>', _post_of(person)),
        ('<p class="brings">{}</p>', own),
        ('<p class="why">{}</p>', why),
    )
    said = [line for line in known if line[1]]
    lines = "\n".join(line for line, _ in said)
    return format_html(lines, *(words for _, words in said)) if said else _NOTHING


def _linked(name: str, address: str, *, beside: bool) -> SafeString:
    """A name that leads to a page; `beside` this one, where something typed would be lost."""
    if not beside:
        return format_html('<a href="{}">{}</a>', address, name)
    return format_html(
        '<a href="{}" target="_blank" rel="noopener">{}<span class="visually-hidden"> {}</span></a>',
        address,
        name,
        _("(opens beside this page)"),
    )


def _page_of(context: dict[str, Any], person: Any, link: Any) -> str:
    """Where a person's name leads: the address given, or for a bare `link` their page."""
    if link is not True:
        return str(link or "")
    organisation = context.get("organisation") or person.organisation
    return addresses.find(addresses.PERSON, organisation=organisation.slug, key=person.key)


def _post_of(person: Any) -> str:
    """What somebody does and where: "Engineer, Nets and Ropes"."""
    team = getattr(person, "team", None)
    return ", ".join(filter(None, (getattr(person, "title", ""), team.name if team else "")))


@register.filter
def initials(name: str) -> str:
    """One or two letters, whatever the script: Ada Lovelace is AL, 王小明 is 王."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


@register.filter
def markdown(text: str) -> SafeString:
    """People's own words, with a few plain marks; everything else is taken out."""
    return SafeString(prose.to_html(str(text or "")))


@register.filter
def said(moment: datetime) -> str:
    return moments.said(moment)


@register.filter
def day(moment: date) -> str:
    return moments.day(moment)


@register.filter
def in_full(moment: date) -> str:
    return moments.in_full(moment)


@register.filter
def both_clocks(moment: datetime, person: Any) -> str:
    return moments.both_clocks(moment, person.time_zone)


@register.filter
def another_clock(moment: datetime, person: Any) -> bool:
    """Whether the person's clock shows another time then than the reader's."""
    return not moments.one_clock(moment, person.time_zone)


@register.filter
def attributes(further: dict[str, Any]) -> SafeString:
    """What a component was given beyond its own names, escaped, as HTML attributes."""
    return flatatt(further) if further else _NOTHING


@register.simple_tag
@lru_cache(maxsize=64)
def asset(path: str) -> str:
    """The address of a static file, of which every page names the same few."""
    return static(path)


class Capture(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        context[self.name] = SafeString(self.nodelist.render(context).strip())
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """`{% capture name %}…{% endcapture %}`: a block that is needed twice, or asked whether it is empty."""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(nodelist, name)
