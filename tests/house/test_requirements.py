"""What is installed from requirements.txt is what stands there, also when newer releases come out."""

import re
from importlib.metadata import distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT


def pinned():
    """Name → extras, of each line that pins a release."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?==", text, flags=re.MULTILINE)
    return {canonicalize_name(name): set(filter(None, extras.split(","))) for name, extras in lines}


def test_pins_name_the_extras_that_other_packages_ask_for():
    """Without them pip looks for the newest release of `name[extra]`, and finds no hash for it."""
    pins, asked = pinned(), {}
    for one in distributions():
        if canonicalize_name(one.metadata["Name"]) in pins:
            for requirement in map(Requirement, one.requires or []):
                wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
                if requirement.extras and wanted:
                    asked.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
    assert asked
    assert {name: extras for name, extras in asked.items() if not extras <= pins[name]} == {}
