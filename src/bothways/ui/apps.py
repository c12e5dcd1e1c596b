from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bothways.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
