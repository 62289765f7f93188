"""Two moderators decide on one submission at the same moment: one wins, and the submitter gets one mail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from bench.drills.browser import Answer, Data, fill_in
from bench.drills.figure import Figure
from bench.drills.site import Site
from tests.visitor import Visitor

BUTTONS = {"approve": "Approve and publish", "reject": "Reject"}


def at_once(*calls: Any) -> list[Any]:
    """Make the calls at the same moment, and return what each returned or raised."""
    start = Barrier(len(calls))

    def run(call: Any) -> Any:
        start.wait()
        try:
            return call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def two_moderators(site: Site, rounds: int) -> Figure:
    """Let Ada approve what Ben rejects, `rounds` times over."""
    moderators = [site.signed_in("ada@example.org"), site.signed_in("ben@example.org")]
    broken, won = [], dict.fromkeys(BUTTONS, 0)
    for number in range(rounds):
        pk, email = _waiting(number)
        asked = [_prepared(each, pk, step) for each, step in zip(moderators, BUTTONS, strict=True)]
        answers = at_once(*(partial(each.client.post, *sent) for each, sent in zip(moderators, asked, strict=True)))
        winner, complaint = _outcome(site, pk, email, answers)
        won[winner] = won.get(winner, 0) + 1
        if complaint:
            broken.append(f"round {number}: {complaint}")
    return Figure(
        "two moderators at once",
        f"one winner and one mail, {rounds} of {rounds}",
        f"{rounds - len(broken)} of {rounds}",
        broken,
        [f"approved {won['approve']}, rejected {won['reject']}"],
    )


def _waiting(number: int) -> tuple[int, str]:
    from initiatives import moderation
    from tests import factories

    email = f"race{number}@example.org"
    submitter = moderation.Submitter(email=email, is_verified=True)
    return factories.submission(f"Race {number}", submitter=submitter).pk, email


def _prepared(moderator: Visitor, pk: int, step: str) -> tuple[str, Data]:
    return fill_in(moderator.open(f"/moderation/{pk}/"), BUTTONS[step], note="The same for both.")


def _outcome(site: Site, pk: int, email: str, answers: list[Any]) -> tuple[str, str]:
    """Return which step won, and what is wrong about it or nothing."""
    from initiatives.choices import Status, Step
    from initiatives.models import Submission

    submission = Submission.objects.select_related("initiative").get(pk=pk)
    decisions = list(submission.decisions.exclude(step=Step.SUBMIT).values_list("step", flat=True))
    if len(decisions) != 1:
        return "", f"decided {decisions}"
    (winner,) = decisions
    taken = [step for step, answer in zip(BUTTONS, answers, strict=True) if _was_taken(answer)]
    told = [step for step, answer in zip(BUTTONS, answers, strict=True) if _was_refused(answer)]
    if taken != [winner] or len(told) != 1:
        return winner, f"{winner} won, but {taken} were told so and {told} that somebody was faster: {answers}"
    published = submission.initiative.current_id is not None
    if published != (winner == "approve") or published != (submission.status == Status.PUBLISHED):
        return winner, f"{winner} won, and it is {submission.status}"
    # The first is for what was received.
    mails = site.mails(f"To: {email}\n") - 1
    return winner, "" if mails == 1 else f"{mails} mails"


def _was_taken(answer: Any) -> bool:
    return isinstance(answer, Answer) and answer.status_code == 302


def _was_refused(answer: Any) -> bool:
    return isinstance(answer, Answer) and answer.status_code == 200 and b"was faster" in answer.content
