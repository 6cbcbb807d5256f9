"""Articles: which names a sentence writes with "the" ("the United States", "the UN"), and which without.

As in the style guides of The Guardian and The Economist, plural countries, unions, councils, ministries and initials
that are spelled out take "the"; persons, most places, and initials that are read as a word (NATO, UNESCO) do not.
"""

from __future__ import annotations

import re


def the(name: str) -> str:
    """Return a name as the middle of a sentence has it, with "the" where English asks for one.

    >>> [the(name) for name in ("United States", "UN", "NATO", "Kazakhstan", "the West", "Ministry of Finance")]
    ['the United States', 'the UN', 'NATO', 'Kazakhstan', 'the West', 'the Ministry of Finance']
    """
    return f"the {name}" if _takes_the(name) else name


def _takes_the(name: str) -> bool:
    words = name.split()
    if not words or name in _WITHOUT or words[0].casefold() in _DETERMINERS or _OWNED.search(name):
        return False
    before_of = _OF.split(name, maxsplit=1)[0].split()
    if name in _WITH or words[-1] in _LAST:
        return True
    return len(before_of) < len(words) and before_of[-1] in _BEFORE_OF


_OF = re.compile(r" (?:of|for) ")
_OWNED = re.compile(r"^\S+['’]s ")
_DETERMINERS = frozenset("the a an my our your his her its their this that these those some many several".split())  # noqa: SIM905
_WITHOUT = frozenset(("Bank of America", "Western Union"))
_WITH = frozenset(
    (
        # States and territories, former ones among them
        *("United States", "United Kingdom", "Netherlands", "Caribbean Netherlands", "Bahamas", "Gambia", "Maldives"),
        *("Philippines", "Comoros", "Holy See", "Vatican", "Isle of Man", "Palestinian Territories", "DR Congo"),
        *("Ottoman Empire", "US", "USA", "UK", "UAE", "USSR", "GDR", "DRC"),
        # Regions
        *("Middle East", "Near East", "Far East", "Balkans", "Caribbean", "Pacific", "Atlantic", "Arctic", "Sahel"),
        *("Maghreb", "Caucasus", "West Bank", "Gaza Strip", "Horn of Africa", "Persian Gulf"),
        # Blocs and agencies whose initials are spelled out
        *("UN", "EU", "EEC", "IMF", "WTO", "WHO", "ILO", "FAO", "IAEA", "ICC", "ICJ", "OAU", "OAS", "OECD", "OSCE"),
        *("CSCE", "CIS", "SCO", "CSTO", "EAEU", "GCC", "OIC", "G7", "G8", "G20", "G77", "UNHCR", "UNDP", "PLO", "ECB"),
        *("BBC", "FBI", "CIA", "NSA", "EPA", "SEC", "IRS", "NAACP", "DNC", "RNC", "GOP", "NRA", "ACLU"),
        *("eurozone", "Quad", "Five Eyes", "Warsaw Pact", "World Bank", "European Central Bank"),
        # Seats of power, courts and papers
        *("White House", "Kremlin", "Pentagon", "Bundestag", "Bundesrat", "Knesset", "Duma", "State Duma"),
        *("Foreign Office", "Federal Reserve", "Supreme Court", "International Criminal Court", "European Parliament"),
        *("International Court of Justice", "New York Times", "Washington Post", "Associated Press"),
        *("Wall Street Journal", "Los Angeles Times", "Financial Times"),
        *("Taliban", "Red Cross", "Hague", "Pope", "CDC", "FDA", "NHS"),
    )
)
_LAST = frozenset(
    (
        *("Nations", "Union", "Emirates", "Islands", "Republic", "Kingdom", "Federation", "Confederation"),
        *("Organization", "Organisation", "Council", "Committee", "Commission", "Assembly", "League", "Agency"),
        *("Department", "Ministry", "Government", "Administration", "Movement", "Party", "Association", "Alliance"),
        *("Community", "Commonwealth", "Forum", "Fund", "Secretariat", "Treasury", "Senate", "Cabinet", "Authority"),
        *("Institute", "Foundation", "Presidency", "States", "government", "campaign", "administration", "ministry"),
        *("Sea", "Ocean"),
    )
)
"""The last words of names with "the": "the European Union", "the African National Council", "the Trump campaign"."""
_BEFORE_OF = frozenset(
    (
        *("Government", "Ministry", "Department", "Republic", "Kingdom", "Union", "State", "States", "Emirate"),
        *("Organization", "Organisation", "League", "Council", "Group", "Assembly", "Bank", "Association", "Community"),
        *(
            "Commonwealth",
            "House",
            "Court",
            "Office",
            "Movement",
            "Federation",
            "Board",
            "Chamber",
            "Party",
            "Committee",
        ),
        *("Commission", "Institute", "Agency", "Conference", "Front", "Army", "Principality", "Sultanate"),
    )
)
"""The words before "of" in names with "the": "the Ministry of Finance", "the Group of 77"."""
