from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

RESERVED_SLUGS = frozenset(
    {"accounts", "answer", "demo-step", "feeds", "healthz", "join", "static", "style", "unsubscribe"}
)


class Organisation(models.Model):
    """The wall: nothing crosses it unless a person opens it."""

    slug = models.SlugField(
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Small letters, figures and hyphens only.")),
            RegexValidator(
                rf"^({'|'.join(sorted(RESERVED_SLUGS))})$",
                _("Bothways uses this word itself. Choose another one."),
                inverse_match=True,
            ),
        ],
    )
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=12, default="en")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
