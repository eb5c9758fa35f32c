"""Letting people in: by password, by a one-time link, and out again; each written down. No HTTP."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from data.accounts import Account, Role, Ticket, TicketKind
from data.audit import AuditAct
from data.errors import NotFound, SetUpProblem
from data.store import Store
from survey.auditing import SOMEBODY, note
from survey.passwords import Passwords, check_password
from survey.visitors import Visitors

LONGEST_NAME = 120
_LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Reception:
    """Everything that ends with somebody signed in, or signed out everywhere."""

    store: Store
    visitors: Visitors
    passwords: Passwords

    def sign_in(self, email: str, password: str, before: str | None, now: datetime) -> str | None:
        """The cookie of a new session; None unless the password is the account's.

        Whether there is such an account shows neither in what is returned nor in the time taken.
        """
        account = self._find(email)
        kept = self.store.accounts.password(account) if account else None
        fits = self.passwords.fits(kept, password)
        with self.store.together():
            # Once more, since it may have been changed while it was compared.
            if account is None or not fits or self.store.accounts.password(account) != kept:
                known = account.email if account else ""
                note(self.store, SOMEBODY, AuditAct.SIGN_IN_REFUSED, subject=known)
                return None
            if kept and self.passwords.outdated(kept):
                self.store.accounts.set_password(account, self.passwords.hashed(password))
            return self._let_in(account, before, now)

    def set_up(self, token: str, name: str, email: str, password: str, now: datetime) -> str | None:
        """Make the first owner and sign them in. None if the link is not good. `SetUpProblem`."""
        if not self.set_up_is_open(token, now):
            return None
        name, email = checked_name(name), checked_email(email)
        check_password(password, email)
        hashed = self.passwords.hashed(password)
        with self.store.together():
            ticket = self.visitors.redeem(token, TicketKind.SET_UP, now)
            if ticket is None or self.store.accounts.ready():
                return None
            owner = self._first_owner(name, email)
            note(self.store, owner.label, AuditAct.ACCOUNT_ADDED, subject=owner.label)
            return self._keep_password(owner, hashed, now)

    def link_of(self, token: str, now: datetime) -> Ticket | None:
        """What a password link stands for, if it is good."""
        return self.visitors.offered(token, TicketKind.PASSWORD, now)

    def set_up_is_open(self, token: str, now: datetime) -> bool:
        """Whether a set-up link is good."""
        return self.visitors.offered(token, TicketKind.SET_UP, now) is not None and (
            not self.store.accounts.ready()
        )

    def set_password(self, token: str, password: str, now: datetime) -> str | None:
        """Set it, end all sessions, begin a new one. None if the link is not good."""
        ticket = self.link_of(token, now)
        if ticket is None or ticket.account is None:
            return None
        check_password(password, ticket.account.email)
        hashed = self.passwords.hashed(password)
        with self.store.together():
            if self.visitors.redeem(token, TicketKind.PASSWORD, now) is None:
                return None
            return self._keep_password(ticket.account, hashed, now)

    def change_password(
        self, account: Account, current: str, password: str, now: datetime
    ) -> str | None:
        """As `set_password`, for those who know the present one; None if they do not."""
        kept = self.store.accounts.password(account)
        if not self.passwords.fits(kept, current):
            return None
        check_password(password, account.email)
        hashed = self.passwords.hashed(password)
        with self.store.together():
            if self.store.accounts.password(account) != kept:
                return None
            return self._keep_password(account, hashed, now)

    def named_by_provider(self, email: str, *, verified: bool) -> Account | None:
        """The account of an e-mail that an identity provider vouches for."""
        account = self._find(email)
        if account is None or not verified:
            known = account.email if account else ""
            note(self.store, SOMEBODY, AuditAct.SIGN_IN_REFUSED, subject=known)
            return None
        return account

    def sign_on(self, token: str, browser: str, before: str | None, now: datetime) -> str | None:
        """The cookie of a new session for whom an identity provider has named."""
        with self.store.together():
            ticket = self.visitors.redeem(token, TicketKind.SIGN_ON, now, browser)
            if ticket is None or ticket.account is None:
                return None
            return self._let_in(ticket.account, before, now)

    def sign_out_everywhere(self, account: Account) -> None:
        """End every session of an account."""
        with self.store.together():
            self.visitors.sign_out_everywhere(account)
            note(self.store, account.label, AuditAct.SIGNED_OUT_EVERYWHERE)

    def _find(self, email: str) -> Account | None:
        try:
            return self.store.accounts.find(email.strip())
        except NotFound:
            return None

    def _first_owner(self, name: str, email: str) -> Account:
        """A new account; or the one that the command line has made for this e-mail."""
        known = self._find(email)
        if known is None:
            return self.store.accounts.add(email, name, Role.OWNER, {})
        return self.store.accounts.change(known, replace(known, name=name, role=Role.OWNER))

    def _keep_password(self, account: Account, hashed: str, now: datetime) -> str:
        self.store.accounts.set_password(account, hashed)
        self.visitors.sign_out_everywhere(account)
        note(self.store, account.label, AuditAct.PASSWORD_SET, subject=account.email)
        return self._let_in(account, None, now)

    def _let_in(self, account: Account, before: str | None, now: datetime) -> str:
        cookie = self.visitors.sign_in(account, now, before)
        note(self.store, account.label, AuditAct.SIGNED_IN)
        return cookie


def checked_email(text: str) -> str:
    """An e-mail address in lower case. `SetUpProblem` if it is none."""
    email = text.strip().lower()
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isprintable():
        raise SetUpProblem("error.email_form", email=text.strip())
    return email


def checked_name(text: str) -> str:
    """A person's name on one line. `SetUpProblem` if there is none, or far too long a one."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    name = " ".join(seen.split())
    if not name or len(name) > LONGEST_NAME:
        raise SetUpProblem("error.person_name", longest=LONGEST_NAME)
    return name
