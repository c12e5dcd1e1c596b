from django.db import models

from bothways.people.models.person import Person


class Reservation(models.Model):
    """Minutes of a person's time budget that something holds (until it ends) or has booked.

    What is never delivered to a person holds their minutes too (consent.md 18): no page may add up holds.
    """

    class Kind(models.TextChoices):
        HELD = "held"
        BOOKED = "booked"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reservations")
    month = models.DateField()
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    source_key = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "source_key"], name="people_reserved_once"),)
        indexes = (
            models.Index(fields=["person", "month"], name="people_reserved_by_month"),
            models.Index(fields=["source_key"], name="people_reserved_for"),
        )

    def __str__(self) -> str:
        return f"{self.minutes} min {self.kind} for {self.source_key}"
