"""Where do I begin?"""

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from bothways.ask.drafts import Draft
from bothways.ask.rules import beginning, evidence
from bothways.ask.views.pages import show
from bothways.people.requests import PersonRequest


@sensitive_post_parameters()
def page(request: PersonRequest) -> HttpResponse:
    """One question after the other; the page carries the answers, nothing is stored."""
    said = request.POST.getlist("said")
    said = said[:-1] if "back" in request.POST else [*said, request.POST.get("choice", "")]
    answers = beginning.walk(said)
    question = beginning.following(answers)
    if question is None:
        return _at_the_end(request, answers)
    finding = evidence.finding(len(answers))
    return show(request, "begin", {"question": question, "answers": answers, "finding": finding})


def _at_the_end(request: PersonRequest, answers: list[beginning.Answer]) -> HttpResponse:
    begun = {
        "sentence": beginning.sentence(answers),
        "topics": beginning.topics(answers),
        "kind": beginning.kind(answers),
    }
    values = {"draft": Draft(request.person, None, initial=begun), "answers": answers}
    return show(request, "ask", values)
