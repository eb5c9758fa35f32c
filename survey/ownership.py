"""The old name of `survey.visitors`, for those who still call it so."""

from survey.visitors import COOKIE
from survey.visitors import Visitors as Ownership

__all__ = ["COOKIE", "Ownership"]
