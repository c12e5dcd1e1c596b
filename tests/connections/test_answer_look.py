"""In a real browser: yes and not now weigh the same, and a link from a mail answers without scripts."""

import pytest
from django.apps import apps
from playwright.sync_api import expect

from bothways.connections.queries import answer_links
from tests import factories
from tests.factories.introductions import ask, introduction, sealed, several
from tests.stories.browser import Opens

pytestmark = [
    pytest.mark.django_db(
        transaction=True, available_apps=[config.name for config in apps.get_app_configs()]
    ),
    pytest.mark.browser,
]


def test_not_now_weighs_as_much_as_yes_and_is_kept_without_scripts(opens: Opens) -> None:
    ada, ben = several(factories.organisation(), "Ada Ben")
    ask(ada, ben)
    for width in (1280, 360):
        page = opens(scripts=False, width=width)
        page.goto(answer_links.path_of(introduction(ben), ben))
        yes, not_now = (page.locator(f'button[value="{answer}"]') for answer in ("yes", "not_now"))
        sizes = [button.bounding_box() for button in (yes, not_now)]
        assert sizes[0]
        assert sizes[1]
        assert (sizes[0]["width"], sizes[0]["height"]) == (sizes[1]["width"], sizes[1]["height"])
        for look in ("color", "background-color", "border-color", "font-weight", "font-size"):
            weigh = "(button, look) => getComputedStyle(button)[look]"
            assert yes.evaluate(weigh, look) == not_now.evaluate(weigh, look)
    not_now.click()
    expect(page.locator("main")).to_contain_text("Thank you, that is kept")
    assert sealed(introduction(ben)) == ["yes", "not_now"]
