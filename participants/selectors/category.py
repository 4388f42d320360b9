"""Worker categories by their code."""

from participants.models import Category


def find_category(code: str) -> Category | None:
    return Category.objects.filter(pk=code).first()


def categories_by_code() -> dict[str, Category]:
    return Category.objects.in_bulk()
