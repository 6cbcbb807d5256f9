r"""``findings.tex``: LaTeX macros that print the value of a finding and cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from research.outputs.citing.escaping import escape_latex

_MACROS = r"""% Findings of a run. Read this file with \input{findings.tex}; both commands take the key of a finding:
%   \finding{corpus.words}      its value, as it is displayed
%   \findingcite{corpus.words}  \cite with its entry in findings.bib
% If you read the findings of two runs that share a key, use the longer keys of findings.bib. Two runs of the same name
% share those as well: run one of them again with another --name.
\makeatletter
\ifdefined\otr@finding\else
\newcommand\otr@unknown[1]{\errmessage{On the Record: there is no finding \detokenize{#1}}}
\newcommand\otr@two[1]{\errmessage{On the Record: two runs have a finding \detokenize{#1}; use its longer key}}
\newcommand\otr@same[1]{\errmessage{On the Record: two runs of one name differ in \detokenize{#1}; run one of them
  again with another --name}}
\newcommand\finding[1]{\ifcsname otr@value@\detokenize{#1}\endcsname
  \csname otr@value@\detokenize{#1}\endcsname\else\otr@unknown{#1}\fi}
\newcommand\findingcite[1]{\ifcsname otr@key@\detokenize{#1}\endcsname
  \edef\otr@key{\csname otr@key@\detokenize{#1}\endcsname}%
  \ifx\otr@key\@empty\finding{#1}\else\expandafter\cite\expandafter{\otr@key}\fi
  \else\otr@unknown{#1}\fi}
\newcommand\otr@finding[4]{\def\otr@version{#4}%
  \ifcsname otr@version@\detokenize{#2}\endcsname
    \expandafter\ifx\csname otr@version@\detokenize{#2}\endcsname\otr@version\else
      \otr@define{#1}{}{\otr@same{#1}}\otr@define{#2}{}{\otr@same{#2}}\fi
  \else
    \ifcsname otr@key@\detokenize{#1}\endcsname\otr@define{#1}{}{\otr@two{#1}}\else\otr@define{#1}{#2}{#3}\fi
    \otr@define{#2}{#2}{#3}%
    \expandafter\gdef\csname otr@version@\detokenize{#2}\endcsname{#4}\fi}
\newcommand\otr@define[3]{%
  \expandafter\gdef\csname otr@value@\detokenize{#1}\endcsname{#3}%
  \expandafter\xdef\csname otr@key@\detokenize{#1}\endcsname{\detokenize{#2}}}
\fi
"""
_SIMPLE_KEY = re.compile(r"[a-z0-9._-]+")


def latex_macros(values: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    r"""The lines of ``findings.tex``, from the key, citation key, displayed value and version of each finding."""
    yield from _MACROS.splitlines()
    for key, longer, value, version in values:
        short = key if _SIMPLE_KEY.fullmatch(key) else longer
        yield rf"\otr@finding{{{short}}}{{{longer}}}{{{escape_latex(value)}}}{{{version}}}"
    yield r"\makeatother"
