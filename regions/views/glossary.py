from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.glossary import terms, terms_by_section
from regions.plain_characters import plain_text


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms of the field, or those that speak of a word."""
    words = plain_text(request.GET.get("kata", "")).strip()[:100]
    context = {"words": words, "sections": terms_by_section(words)}
    return render(request, "regions/glossary.html", context)


@require_safe
def glossary_term(request: HttpRequest, key: str) -> HttpResponse:
    term = terms().get(key)
    if term is None:
        raise Http404(key)
    also = [terms()[one] for one in term.see]
    return render(request, "regions/glossary_term.html", {"term": term, "also": also})
