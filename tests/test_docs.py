"""Documents say what is true now."""

from pathlib import Path

from bothways.config.environment import SETTINGS

DOCS = Path(__file__).parent.parent / "docs"


def test_every_setting_is_documented_as_it_is() -> None:
    page = (DOCS / "operate" / "settings.md").read_text()
    for setting in SETTINGS.values():
        default = f"`{setting.default}`" if setting.default else "(empty)"
        assert f"| `{setting.name}` | {default} | {setting.meaning} |" in page
    assert page.count("\n| `") == len(SETTINGS)
