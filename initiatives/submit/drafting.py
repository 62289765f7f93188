"""What the page's script and the holder of a link do with a draft beside writing it: autosave, throw away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives.models import Draft, Submission, token_hash
from initiatives.submit import drafts
from initiatives.submit.form_page import typed
from initiatives.submit.tracking import private


@private
@require_POST
def autosave(request: HttpRequest, token: str = "") -> JsonResponse:
    """Keep what is typed, and answer with the version that is now kept and where it is.

    Whatever keeps it from being saved is answered with a sentence for the reader. An anonymous draft is
    saved only once its writer has asked for one.
    """
    form = typed(request, showing=True)
    draft = drafts.find(token) if token else drafts.begun_on(form)
    if isinstance(draft, Submission) or (not draft and _is_sent(token)):
        return _not_saved(409, _("It is sent already; what you type here now is not saved."))
    if not draft and (token or not request.user.is_authenticated):
        return _not_saved(404, _("Not saved. Press “Save draft” to keep what you typed."))
    try:
        draft = drafts.save(form, by=request.user, draft=draft)
    except drafts.TooLong as error:
        return _not_saved(413, error.sentence)
    except drafts.SavedElsewhere:
        return _not_saved(
            409, _("Not saved: the draft was changed elsewhere. Press “Save draft” to choose what to keep.")
        )
    except Draft.DoesNotExist:
        return _not_saved(409, _("Not saved. Press “Save draft” to keep what you typed."))
    autosave_url = reverse("submit:autosave_draft", args=[draft.token])
    return JsonResponse({"version": draft.version, "url": draft.edit_url, "autosave_url": autosave_url})


@private
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw a draft away: GET asks, POST acts; a second click finds it done."""
    draft = drafts.find(token)
    if not draft and _is_sent(token):
        messages.info(request, _("This draft is sent already."))
        return redirect("submit:tracking", token)
    if request.method != "POST":
        if not draft:
            raise Http404
        return render(request, "submit/discard.html", {"draft": draft})
    if draft:
        draft.delete()
    messages.success(request, _("The draft is thrown away."))
    return redirect("submit:mine" if request.user.is_authenticated else "submit:new")


def _not_saved(status: int, said: str) -> JsonResponse:
    return JsonResponse({"said": said}, status=status)


def _is_sent(token: str) -> bool:
    return bool(token) and Submission.objects.filter(token_hash=token_hash(token)).exists()
