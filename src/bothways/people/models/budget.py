from django.db import models

from bothways.people.models.person import Person


class Reservation(models.Model):
    """Minutes of a person's time budget that something holds (until it ends) or has booked.

    `seen`: the person knows what it is for. What was never delivered to them (consent.md 18) holds minutes
    too, and must not show in any sum that they read.
    """

    class Kind(models.TextChoices):
        HELD = "held"
        BOOKED = "booked"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reservations")
    month = models.DateField()
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    source_key = models.CharField(max_length=40)
    seen = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "source_key"], name="people_reserved_once"),)
        indexes = (models.Index(fields=["person", "month"], name="people_reserved_by_month"),)

    def __str__(self) -> str:
        return f"{self.minutes} min {self.kind} for {self.source_key}"
