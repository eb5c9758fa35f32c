"""Decides where a comment may be shown. Pure; imports data's values only."""

from collections.abc import Callable, Sequence

from data.model import DepartmentPath
from data.results import PublishedComment

SMALLEST_COMMENT_GROUP = 10
"""People whose comments on one dimension are shown together, at least (METHOD §4)."""


def place_comments(
    comments: Sequence[PublishedComment],
    shuffle: Callable[[list[PublishedComment]], None],
    smallest: int = SMALLEST_COMMENT_GROUP,
) -> tuple[PublishedComment, ...]:
    """Each comment once, under the lowest department where enough comments meet.

    From the leaves up, a department keeps what has gathered there if at least
    `smallest` people wrote it (one person writes at most one comment on a
    dimension); otherwise it all moves up to the parent. What has not met enough
    others at the organisation is shown nowhere. So no place holds the leftovers
    of a few people, which a plain "at least ten below here" would allow.
    """
    shown: list[PublishedComment] = []
    for dimension in sorted({comment.dimension for comment in comments}):
        waiting: dict[DepartmentPath, list[str]] = {}
        for comment in comments:
            if comment.dimension == dimension:
                for depth in range(len(comment.path)):
                    waiting.setdefault(comment.path[:depth], [])
                waiting.setdefault(comment.path, []).append(comment.text)
        for path in sorted(waiting, key=lambda path: (-len(path), path)):
            texts = waiting[path]
            if len(texts) >= smallest:
                together = [PublishedComment(path, dimension, text) for text in sorted(texts)]
                shuffle(together)
                shown += together
            elif path:
                waiting[path[:-1]] += texts
    return tuple(sorted(shown, key=lambda comment: (comment.dimension, comment.path)))
