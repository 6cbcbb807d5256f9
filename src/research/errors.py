"""What can go wrong, said in one plain sentence to the person at the screen.

ResearchError          what is wrong, where, and what to do about it
├── UsageError         the request itself cannot be carried out as worded (exit 2)
│   ├── SourceError        there is no such file or folder
│   └── ParameterError     an unknown parameter, or a value of the wrong type
├── EmptySource        the source was read, and holds no document
└── RunError           a run folder cannot be written, read or trusted
"""

from __future__ import annotations


class ResearchError(Exception):
    """A problem that the work found; its message is one sentence with the remedy in it."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in a notebook: the sentence alone, without the code that raised it."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(ResearchError):
    """The request cannot be carried out as it was worded."""

    exit_code = 2


class SourceError(UsageError):
    """The source does not exist or is no file or folder."""


class ParameterError(UsageError):
    """A parameter is unknown, or its value has the wrong type."""


class EmptySource(ResearchError):
    """The source was read, and not one document could be taken from it."""


class RunError(ResearchError):
    """A run folder cannot be written, read or trusted."""
