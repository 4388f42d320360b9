from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from regions.glossary import glossary_document


class Command(BaseCommand):
    help = "Menulis docs/glossary.md dari regions/data/glossary.csv."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "glossary.md").write_text(glossary_document(), "utf-8")
        self.stdout.write("docs/glossary.md")
