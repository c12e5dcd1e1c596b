from django.db import models

from bothways.people.models import Person


class TurnedOff(models.Model):
    """A setting of mail that a person has turned off. Whatever has no row is on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="turned_off")
    setting = models.CharField(max_length=24)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "setting"], name="inbox_turned_off_once"),)

    def __str__(self) -> str:
        return f"{self.setting} of {self.person_id}"
