"""The hands by their names."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.faults.hands import Hand
from benchmarks.faults.hands.adviser import ADVISER
from benchmarks.faults.hands.agency import AGENCY
from benchmarks.faults.hands.analyst import ANALYST
from benchmarks.faults.hands.auditor import AUDITOR
from benchmarks.faults.hands.blog import BLOG
from benchmarks.faults.hands.broadcast import BROADCAST
from benchmarks.faults.hands.campaigner import CAMPAIGNER
from benchmarks.faults.hands.candidate import CANDIDATE
from benchmarks.faults.hands.clerk import CLERK
from benchmarks.faults.hands.columnist import COLUMNIST
from benchmarks.faults.hands.consultant import CONSULTANT
from benchmarks.faults.hands.datablog import DATABLOG
from benchmarks.faults.hands.desk import DESK
from benchmarks.faults.hands.doctoral import DOCTORAL
from benchmarks.faults.hands.embassy import EMBASSY
from benchmarks.faults.hands.exchange import EXCHANGE
from benchmarks.faults.hands.factcheck import FACTCHECK
from benchmarks.faults.hands.fellow import FELLOW
from benchmarks.faults.hands.historian import HISTORIAN
from benchmarks.faults.hands.inspector import INSPECTOR
from benchmarks.faults.hands.library import LIBRARY
from benchmarks.faults.hands.liveblog import LIVEBLOG
from benchmarks.faults.hands.magazine import MAGAZINE
from benchmarks.faults.hands.ministry import MINISTRY
from benchmarks.faults.hands.newsletter import NEWSLETTER
from benchmarks.faults.hands.ngo import NGO
from benchmarks.faults.hands.paper import PAPER
from benchmarks.faults.hands.parliament import PARLIAMENT
from benchmarks.faults.hands.policy import POLICY
from benchmarks.faults.hands.regional import REGIONAL
from benchmarks.faults.hands.scholar import SCHOLAR
from benchmarks.faults.hands.statistician import STATISTICIAN
from benchmarks.faults.hands.stringer import STRINGER
from benchmarks.faults.hands.thinktank import THINKTANK
from benchmarks.faults.hands.watchdog import WATCHDOG
from benchmarks.faults.hands.wire import WIRE

_ALL = (
    ANALYST,
    DESK,
    SCHOLAR,
    WIRE,
    THINKTANK,
    PAPER,
    PARLIAMENT,
    BLOG,
    BROADCAST,
    MAGAZINE,
    AUDITOR,
    POLICY,
    DOCTORAL,
    NGO,
    COLUMNIST,
    AGENCY,
    DATABLOG,
    MINISTRY,
    FACTCHECK,
    REGIONAL,
    CONSULTANT,
    HISTORIAN,
    INSPECTOR,
    ADVISER,
    STRINGER,
    STATISTICIAN,
    FELLOW,
    CLERK,
    CAMPAIGNER,
    NEWSLETTER,
    EXCHANGE,
    CANDIDATE,
    LIVEBLOG,
    LIBRARY,
    WATCHDOG,
    EMBASSY,
)
HANDS: Mapping[str, Hand] = {hand.name: hand for hand in _ALL}
