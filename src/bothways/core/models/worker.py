from django.db import models


class Tick(models.Model):
    """When a periodic job is due next."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row; 0 after a success.")

    def __str__(self) -> str:
        return f"{self.name} due {self.due_at:%Y-%m-%d %H:%M}"


class Heartbeat(models.Model):
    """A worker that was alive at `beat_at`; its running tasks are left alone while it beats."""

    worker = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
