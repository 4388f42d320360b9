"""What must hold of every template; each rule lists all its faults at once."""

import re

from tests.house.source import CODE, ROOT, TEMPLATES, name_of, percentile, text_of

# Looked up by Django and allauth by their own names.
LOOKED_UP = re.compile(
    r"^(account|mfa|allauth|usersessions)/(?!(?:.*/)?_)|^(400|403|403_csrf|404|429|500)\.html$"
)
# Views choose between these by role.
CHOSEN = {"reports/home_leader.html", "reports/home_planner.html"}
# Elements that begin a line of their own on the page, and so in the template.
OWN_LINE = (
    "article div dl fieldset footer form h1 h2 h3 header li main nav ol option p section table tbody td",
    "tfoot th thead tr ul",
)
OPENING = re.compile(rf"<(?:{'|'.join(' '.join(OWN_LINE).split())})\b")


def test_every_template_is_used():
    used = "\n".join(text_of(path) for path in [*CODE, *TEMPLATES])
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
    wanted = [name for name in names if not LOOKED_UP.match(name) and name not in CHOSEN]
    assert [name for name in wanted if f'"{name}"' not in used] == []


def test_templates_carry_no_style_and_no_script_of_their_own():
    foreign = re.compile(
        r"\sstyle=|<style|\son\w+=\"|javascript:|<script(?![^>]*\bsrc=)|https?://(?!www\.w3\.org)"
    )
    assert [name_of(path) for path in TEMPLATES if foreign.search(text_of(path))] == []


def test_templates_are_narrow():
    """Include and URL tags cannot be broken; everything else can."""
    widths = [len(line) for path in TEMPLATES for line in text_of(path).splitlines() if line]
    assert percentile(widths, 0.95) <= 120


def test_templates_have_one_element_a_line():
    crowded = [
        f"{name_of(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if len(OPENING.findall(line)) > 1
    ]
    assert crowded == []
