"""Who is asking? Checked anew on every rerun of every screen and fragment."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from data.accounts import Account
from survey.house import house
from survey.visitors import COOKIE


def visitor() -> Account | None:
    """The account this browser is signed in with, looked up in the store each time."""
    return house().visitors.visitor(st.context.cookies.get(COOKIE), datetime.now())


def still(account: Account) -> bool:
    """Whether the account that a widget was drawn for is here yet, with the rights it had.

    A widget's callback runs before its screen looks who asks.
    """
    return visitor() == account


def has_company_sign_in() -> bool:
    """Whether `.streamlit/secrets.toml` names an identity provider."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def company_provider() -> str | None:
    """The provider's name if it has a section of its own; None if it is in `[auth]` itself."""
    auth = st.secrets["auth"]
    if "client_id" in auth:
        return None
    return next((name for name in auth if isinstance(auth[name], Mapping)), None)


def company_addresses() -> frozenset[str]:
    """Streamlit's addresses on the way to an identity provider and back, if there is one."""
    there_and_back = {"/auth/login", "/auth/logout", "/oauth2callback"}
    return frozenset(there_and_back) if has_company_sign_in() else frozenset()
