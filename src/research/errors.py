"""Errors, each one plain sentence for the person at the screen: what is wrong, where, and what to do.

ResearchError          the work found a problem (exit 1)
├── UsageError         the request cannot be carried out as worded (exit 2)
│   ├── SourceError        the source does not exist, cannot be read as described, or changed while it was read
│   └── ParameterError     an unknown parameter, or a value of the wrong type
├── ClusterError       a cluster does not answer, is lost, or has no worker that can be used
├── EmptySource        the source was read and holds no document
└── RunError           a run folder cannot be written, read or trusted
"""

from __future__ import annotations


class ResearchError(Exception):
    """A problem that the work found. Its message is one sentence that says what to do."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in a notebook: the sentence alone, without the code that raised it."""
        return [f"{type(self).__name__}: {self}"]


class UsageError(ResearchError):
    """The request cannot be carried out as worded."""

    exit_code = 2


class SourceError(UsageError):
    """The source does not exist, its corpus.toml or speakers.csv is not understood, or it changed while it was read."""


class ParameterError(UsageError):
    """A parameter is unknown, or its value has the wrong type."""


class EmptySource(ResearchError):
    """The source was read, and no document could be taken from it."""


class ClusterError(ResearchError):
    """A cluster does not answer, is lost while it works, or has no worker with the same release."""


class RunError(ResearchError):
    """A run folder cannot be written, read or trusted."""
