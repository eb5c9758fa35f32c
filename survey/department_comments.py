"""What was written in one place, and where more of it may stand. No Streamlit."""

from data.model import DepartmentPath
from data.results import PublishedComment, Release


def comments_at(release: Release, path: DepartmentPath) -> dict[str, list[PublishedComment]]:
    """The comments that are published under this very place, by dimension."""
    found: dict[str, list[PublishedComment]] = {}
    for comment in release.comments:
        if comment.path == path:
            found.setdefault(comment.dimension, []).append(comment)
    return found


def above_with_comments(release: Release, path: DepartmentPath) -> tuple[DepartmentPath, ...]:
    """The places above under which comments stand, the nearest first.

    Those of a place with too few comments move up, so they may be there.
    """
    known = {comment.path for comment in release.comments}
    above = (path[:depth] for depth in range(len(path) - 1, -1, -1))
    return tuple(one for one in above if one in known)
