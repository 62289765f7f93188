"""Four identical posts at the same moment make one entry."""

from __future__ import annotations

from functools import partial

from bench.drills.browser import Answer
from bench.drills.figure import Figure
from bench.drills.races import at_once
from bench.drills.site import Site

CLICKS = 4


def four_posts(site: Site, rounds: int) -> Figure:
    """Press one button four times, `rounds` times over."""
    from initiatives.models import Initiative, Revision, Submission

    models = (Initiative, Revision, Submission)
    broken = []
    for number in range(rounds):
        visitor = site.visitor()
        email = f"clicks{number}@example.org"
        url, data = site.form(visitor)
        data |= {"title": [f"Click {number}"], "email": [email]}
        before = [model.objects.count() for model in models]
        answers = at_once(*[partial(visitor.client.post, url, data)] * CLICKS)
        made = [model.objects.count() - count for model, count in zip(models, before, strict=True)]
        led = {each.location if isinstance(each, Answer) else repr(each) for each in answers}
        mails = site.mails(f"To: {email}\n")
        if made != [1, 1, 1] or len(led) != 1 or "" in led or mails != 1:
            broken.append(f"round {number}: made {made}, led to {led}, {mails} mails")
    return Figure(
        "four identical posts at once",
        f"one entry, {rounds} of {rounds}",
        f"{rounds - len(broken)} of {rounds}",
        broken,
    )
