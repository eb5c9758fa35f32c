"""Everything that can go wrong, as one tree. Imports nothing.

A problem knows the key of its message in the catalogues (`survey/wording`) and
the values that the message names. Whoever stands at the edge (a screen, the
form, the command line) puts it into the person's language.

    Problem
    ├── DatabaseProblem      the database cannot be used as it is
    ├── InstrumentProblem    a questionnaire file is wrong
    ├── NotFound             there is no such wave, organisation or link
    ├── NotAllowed           the wave's state does not allow it
    ├── Conflict             somebody else changed it meanwhile
    ├── MailProblem          mail cannot be sent through the mail server
    ├── SetUpProblem         what a person typed to set something up is wrong
    ├── WaveProblem          a wave cannot be saved or opened like this; carries every finding
    ├── MeasureProblem       a measure cannot be kept as it was typed; carries every finding
    ├── ImportProblem        a file cannot be imported; carries every finding
    └── SubmissionProblem    a questionnaire is incomplete; carries every finding
"""

from collections.abc import Sequence


class Problem(Exception):
    """A thing that went wrong, which a person can do something about.

    `key` names a message in the catalogues; `values` fill its gaps.
    """

    def __init__(self, key: str, **values: object) -> None:
        """Remember which message to show and what it names."""
        super().__init__(key, values)
        self.key = key
        self.values = values


class DatabaseProblem(Problem):
    """The database file is locked, read-only, damaged, or of a newer version."""


class InstrumentProblem(Problem):
    """A questionnaire file does not hold what it must; names file, item and key."""


class NotFound(Problem):
    """There is no wave, organisation or link of that name or code."""


class NotAllowed(Problem):
    """The wave is not in the state that this act needs."""


class Conflict(Problem):
    """Somebody else changed what this person saw; nothing was stored, nothing is lost."""


class MailProblem(Problem):
    """The mail server cannot be reached, trusted or used; what was sent before is kept."""


class SetUpProblem(Problem):
    """A name, a department list or a headcount that cannot be taken as it is."""


class _Findings(Problem):
    """A problem made of several findings, each with its own message."""

    def __init__(self, key: str, findings: Sequence[Problem] = (), **values: object) -> None:
        """Keep every finding, so that a person can mend them all at once."""
        super().__init__(key, **values)
        self.findings = tuple(findings)


class ImportProblem(_Findings):
    """Nothing was imported; each finding names its row and column."""


class WaveProblem(_Findings):
    """A wave's settings cannot be kept, or not opened, as they are; nothing was changed."""


class MeasureProblem(_Findings):
    """Nothing was kept; each finding names its field (`values["field"]`)."""


class SubmissionProblem(_Findings):
    """Nothing was stored; each finding names its field (`values["field"]`)."""
