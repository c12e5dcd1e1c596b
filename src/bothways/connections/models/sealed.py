from django.db import models

from bothways.connections.models.introduction import Introduction
from bothways.connections.rules.consent import Answer
from bothways.people.models import Person


class SealedAnswer(models.Model):
    """One side's answer to one introduction. The rows are made when it opens and go when it ends.

    Read by its author's pages, reminders and export, by the tell-me-more mailer and the both-yes check;
    by nothing else (consent.md 2). An import contract holds it, so there is no way here from the
    introduction.
    """

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE)
    times = models.JSONField(default=list, help_text="With a yes: starts that suit, ISO 8601 in UTC.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["introduction", "person"], name="connections_answer_once"),
        )

    def __str__(self) -> str:
        return f"Sealed answer of {self.person_id}"
