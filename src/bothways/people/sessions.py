"""Who is signed in: Django's sessions in the database and allauth's accounts, asked by prepared queries."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from bothways.core.prepared import prepared
from bothways.people.models import Account


@prepared
def _session(key: Any) -> QuerySet[Session]:
    """While it lasts; by the database's clock, for nobody drives how long a sign-in holds."""
    return Session.objects.filter(session_key=key, expire_date__gt=Now())


@prepared
def _account(pk: Any) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_session(self.session_key)), None)
        if found is None:
            self._session_key = None
        return found


class Accounts(AuthenticationBackend):
    def get_user(self, user_id: int) -> Account | None:
        account = next(iter(_account(user_id)), None)
        return account if account and self.user_can_authenticate(account) else None
