"""Templates without the indentation of their lines: a third of a page's bytes, which say nothing in HTML."""

import re

from django.template.base import Origin, Template, TextNode
from django.template.loaders.cached import Loader as CachedLoader

_INDENTED = re.compile(r"\s*\n\s*")


class Loader(CachedLoader):
    """Loaded once. Line breaks stay between words; plain text (mails) stays as it is written."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        known = self.get_template_cache.get(self.cache_key(template_name, skip))
        template: Template = super().get_template(template_name, skip)
        if template is not known and template_name.endswith(".html"):
            for node in template.nodelist.get_nodes_by_type(TextNode):
                node.s = _INDENTED.sub("\n", node.s)
        return template
