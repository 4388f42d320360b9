"""The forms of a page as a browser finds them: where they go, and what each of their fields holds."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass
class PageForm:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self, address):
        super().__init__()
        self.address = address
        self.forms, self.by_id, self.loose = [], {}, []
        self.select = self.area = None

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            action = urljoin(self.address, told.get("action") or self.address)
            self.forms.append(PageForm(action, (told.get("method") or "get").lower()))
            self.by_id[told.get("id", "")] = self.forms[-1]
            self.open = self.forms[-1]
        elif tag in {"input", "select", "textarea", "button"} and told.get("name"):
            self._take(tag, told)
        elif tag == "option" and self.select and (not self._of(self.select)[1] or "selected" in told):
            form, _value = self._of(self.select)
            form.fields[self.select[0]] = told.get("value") or ""

    def _take(self, tag, told):
        form = self.by_id.get(told.get("form", ""), getattr(self, "open", None)) if told.get("form") else None
        form = form or getattr(self, "open", None)
        if form is None:
            return
        name = told["name"]
        if tag == "select":
            self.select = (name, form)
            form.fields.setdefault(name, "")
        elif tag == "textarea":
            self.area = (name, form)
            form.fields.setdefault(name, "")
        elif told.get("type") == "file":
            form.files.add(name)
        elif told.get("type") in {"checkbox", "radio"}:
            if "checked" in told or name not in form.fields:
                form.fields[name] = told.get("value") or "on"
        else:
            form.fields.setdefault(name, told.get("value") or "")

    def _of(self, place):
        name, form = place
        return form, form.fields.get(name, "")

    def handle_data(self, data):
        if self.area:
            name, form = self.area
            form.fields[name] += data.lstrip("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def forms_of(page: str, address: str) -> list[PageForm]:
    found = _Forms(address)
    found.feed(page)
    return [form for form in found.forms if form.fields or form.files]
