"""The look of the site on one page, and a few whole pages made of samples. Needs no database."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from initiatives.styleguide import alike, desk, files, samples
from initiatives.templatetags.pictures import drawn

PAGES = {
    "home": "Home",
    "list": "List",
    "empty": "Nothing found",
    "entry": "Entry",
    "arabic": "List in Arabic",
    "form": "Form with errors",
    "gone": "Taken off",
    "queue": "Queue",
    "review": "Review",
    "400": "Bad request",
    "403": "Forbidden",
    "403_csrf": "Form refused",
    "404": "Not found",
    "429": "Too many tries",
    "500": "Server error",
}


def index(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    context = samples.context() | {"alike": alike.ALIKE} | desk.context() | files.context()
    return render(request, "styleguide/index.html", {"pages": PAGES, "drawings": sorted(drawn()), **context})


def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one whole page, made of samples; the error pages are the real ones."""
    if name not in PAGES:
        raise Http404
    template = f"{name}.html" if name[0].isdigit() else f"styleguide/pages/{name}.html"
    with translation.override("ar" if name == "arabic" else translation.get_language()):
        return render(request, template, samples.context() | {"alike": alike.ALIKE} | desk.context())
