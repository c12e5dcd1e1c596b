from django.db import models

from bothways.connections.models.connection import Connection
from bothways.core import time
from bothways.people.models import Person


class QuietAnswer(models.Model):
    """What one of two connected people answers in private. The other one never learns of it.

    The rows of both are made when the question is asked, at a fixed time, and go when it is over. Read by
    their author's pages and by the one verb that needs both; an import contract holds it.
    """

    class Question(models.TextChoices):
        FIT = "fit"
        QUIET = "quiet"
        RENEWAL = "renewal"
        KIND = "kind"

    class Answer(models.TextChoices):
        NONE = ""
        GOOD = "good"
        NOT_SURE = "not_sure"
        REST = "rest"
        MEET = "meet"
        GO_ON = "go_on"
        LEAVE = "leave"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=8, choices=Question)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE, blank=True)
    asked_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["connection", "person", "question"], name="connections_quiet_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} of {self.person_id}"
