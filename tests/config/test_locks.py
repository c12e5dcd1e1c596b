"""The lock files say all that an installer asks for: a newer release elsewhere changes nothing here."""

from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
LOCKS = ("requirements.lock", "requirements-scale.lock", "requirements-dev.lock")


def locked(name: str) -> dict[str, set[str]]:
    """Each package that is locked for machines like this one, and the extras that stand beside it."""
    lines = (ROOT / name).read_text().splitlines()
    pins = [line.removesuffix("\\").strip() for line in lines if "==" in line and line[0] != " "]
    pinned = [Requirement(pin) for pin in pins]
    here = [one for one in pinned if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): one.extras for one in here}


@pytest.mark.parametrize("name", LOCKS)
def test_every_extra_that_a_package_asks_for_is_locked_beside_its_name(name: str) -> None:
    """With hashes, pip takes `coverage[toml]` for a requirement of its own, and refuses it where only
    `coverage` is pinned and a newer one is out."""
    packages = locked(name)
    asked = [
        (package, requirement)
        for package, extras in packages.items()
        for requirement in map(Requirement, metadata.requires(package) or [])
        if requirement.extras and applies(requirement, extras)
    ]
    missing = [
        f"{package} asks for {one}"
        for package, one in asked
        if not one.extras <= packages[canonicalize_name(one.name)]
    ]
    assert missing == []


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


def test_the_locks_name_no_host() -> None:
    for name in LOCKS:
        assert "://" not in (ROOT / name).read_text(), name
