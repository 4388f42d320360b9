"""Pages carry no indentation; what stands in plain text or in a field keeps its lines."""

import pytest
from django.template import Context, Engine

LOADERS = [
    (
        "jamsostek_monitor.tight_templates.Loader",
        [
            (
                "django.template.loaders.locmem.Loader",
                {
                    "page.html": "{% extends 'frame.html' %}\n{% block body %}\n    <p>a\n    b  c</p>\n\n"
                    "    {% if x %}\n      {{ x }}\n    {% endif %}{% endblock %}",
                    "frame.html": "<main>\n  {% block body %}{% endblock %}\n  </main>",
                    "mail.txt": "Kepada\n\n  {{ x }}\n",
                },
            )
        ],
    )
]


@pytest.mark.parametrize("times", [1, 2])
def test_lines_begin_where_they_begin(times):
    engine = Engine(loaders=LOADERS)
    for _time in range(times):
        page = engine.get_template("page.html").render(Context({"x": " y\n  z"}))
    assert page == "<main>\n\n<p>a\nb  c</p>\n\n y\n  z\n\n</main>"


def test_plain_text_stays_as_it_is_written():
    mail = Engine(loaders=LOADERS).get_template("mail.txt")
    assert mail.render(Context({"x": "Wayan"})) == "Kepada\n\n  Wayan\n"
