"""Reports of every format: templates with blanks, and sentences written into them as that format writes them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.faults import office
from benchmarks.faults.sentences import Part, Sentence, is_year
from benchmarks.faults.writing import drawing

TEMPLATES = Path(__file__).parent / "templates"
BLANK = re.compile(r"\{\{(\w+)\}\}")
NARROW, THIN, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Report:
    """A report, and the first and the last line of each sentence; None where the format has no lines."""

    data: bytes
    lines: tuple[tuple[int, int] | None, ...]


def templates(hand: str) -> list[tuple[Path, str]]:
    """Every template of a hand with each suffix that it can be written in."""
    found = []
    for path in sorted((TEMPLATES / hand).iterdir()):
        suffixes = office.SUFFIXES if path.suffix == ".blocks" else (path.suffix,)
        found += [(path, suffix) for suffix in suffixes]
    return found


_BEGINS_BLOCK = re.compile(r"\s*(?:[-*] |\d+[.)] |\(?\w\) |<(?:li|p|tr|figcaption)\b|\\item\b|\w+\t)")


def alone(template: Path) -> list[bool]:
    """Whether each blank is the only one of its paragraph, item or line of blocks."""
    found: list[bool] = []
    for paragraph in template.read_text(encoding="utf-8").split("\n\n"):
        lines = paragraph.split("\n")
        blocks = lines if all(_BEGINS_BLOCK.match(it) for it in lines if it.strip()) else [paragraph]
        for block in blocks:
            its = [kind for kind in BLANK.findall(block) if kind != "nothing"]
            found += [len(its) == 1] * len(its)
    return found


def blanks(template: Path) -> list[str]:
    """What kind of sentence each blank asks for, in order. ``nothing`` stands in a comment and is left as it is."""
    return [kind for kind in BLANK.findall(template.read_text(encoding="utf-8")) if kind != "nothing"]


def write(template: Path, suffix: str, sentences: Sequence[Sentence], seed: str) -> Report:
    """Fill a template. Everything that is drawn here depends on the seed and the place alone."""
    text = template.read_text(encoding="utf-8")
    if suffix in office.SUFFIXES:
        return Report(office.write(text, suffix, sentences, seed), (None,) * len(sentences))
    style = drawing(seed)
    made, end, left = "", 0, list(sentences)
    lines: list[tuple[int, int]] = []
    for found in BLANK.finditer(text):
        if found.group(1) == "nothing":
            continue
        made += text[end : found.start()]
        line = made.rpartition("\n")[2]
        slot = drawing(f"{seed} {len(lines)}")
        sentence = left.pop(0)
        written = _WRITERS[suffix](sentence, slot, style.random() < 0.5)
        if (not line.strip() or line[0].isalpha()) and not line.startswith("   ") and sentence.way != "caption":
            written = _wrapped(written, slot)
        first = made.count("\n") + 1
        made += written
        lines.append((first, made.count("\n") + 1))
        end = found.end()
    return Report((made + text[end:]).encode(), tuple(lines))


def writer(suffix: str) -> Callable[[Sentence, Random, bool], str]:
    """What writes a sentence in a format that is text."""
    return _WRITERS[suffix]


def _wrapped(text: str, random: Random) -> str:
    """Lines of about a hundred signs, or one line. A line begins with a letter, so that it begins nothing else."""
    if random.random() < 0.3:
        return text
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) > 70 and word[:1].isalpha() and "=" not in word:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


# --- Markdown and text ---


def _markdown(sentence: Sentence, random: Random, _typographic: bool) -> str:
    cells = {"cell": " | "}
    return "".join(
        _bracketed(it, random) if it.role == "cite" else cells.get(it.role, it.text) for it in sentence.parts
    )


def _bracketed(part: Part, random: Random) -> str:
    keys = [f"@{key}" for key in part.text.split("\n")]
    return f"[{'see ' if random.random() < 0.08 else ''}{'; '.join(keys)}]"


def _text(sentence: Sentence, _random: Random, _typographic: bool) -> str:
    return "".join(
        f"[{'; '.join(f'@{key}' for key in it.text.split(chr(10)))}]" if it.role == "cite" else it.text
        for it in sentence.parts
    )


# --- LaTeX ---

_LATEX = {"%": r"\%", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", NO_BREAK: "~", THIN: r"\,", NARROW: r"\,"}
_QUOTES = {"“": "``", "”": "''", "’": "'", "‘": "`"}


def _latex(sentence: Sentence, random: Random, typographic: bool) -> str:
    def escaped(text: str) -> str:
        text = "".join(_LATEX.get(sign, sign) for sign in text)
        return text if typographic else "".join(_QUOTES.get(sign, sign) for sign in text)

    joined = _joined(sentence.parts, random)

    def written(at: int, part: Part) -> str:
        if at in joined:
            return joined[at]
        if part.role == "cite":
            return _latex_citation(part, sentence, random)
        if part.role == "cell":
            return " & "
        key = sentence.facts[part.fact].key
        cites = any(it.role == "cite" and key in it.text.split("\n") for it in sentence.parts)  # it cites too
        prints = part.role == "value" and part.text == sentence.facts[part.fact].finding.display
        if cites and prints and random.random() < 0.2:
            return rf"\finding{{{sentence.facts[part.fact].finding.key}}}"
        if part.role in ("value", "own", "bound", "rounded") and (dressed := _dressed(part, random)):
            return dressed
        return escaped(part.text)

    return "".join(written(at, part) for at, part in enumerate(sentence.parts))


def _joined(parts: Sequence[Part], random: Random) -> Mapping[int, str]:
    """What siunitx makes of a range and of a number with ±, by the places of its three parts."""
    made: dict[int, str] = {}
    for at in range(len(parts) - 2):
        one, between, other = parts[at : at + 3]
        share = other.form == "percent sign"
        if one.role == "bound" == other.role and between.text == "–" and random.random() < 0.5:
            numbers = f"{{{one.number}}}{{{other.number}}}"
            made |= {
                at: rf"\qtyrange{numbers}{{\percent}}" if share else rf"\numrange{numbers}",
                at + 1: "",
                at + 2: "",
            }
        elif one.role == "value" and other.role == "half" and between.text == " ± " and random.random() < 0.5:
            both = rf"{one.number} \pm {other.number}"
            made |= {at: random.choice([rf"\num{{{both}}}", f"${both}$"]), at + 1: "", at + 2: ""}
    return made


def _latex_citation(part: Part, sentence: Sentence, random: Random) -> str:
    keys = part.text.split("\n")
    if random.random() < 0.3:
        return rf"\cite{{{','.join(keys)}}}"
    name = sentence.facts[0].run
    short = [key.removeprefix(f"otr.{name}.").replace("+", "_") for key in keys]
    return "".join(rf"\findingcite{{{key}}}" for key in (short if random.random() < 0.7 else keys))


def _dressed(part: Part, random: Random) -> str | None:
    draw = random.random()
    if part.form == "percent sign":
        ways = [
            rf"{part.number}\,\%",
            rf"\SI{{{part.number}}}{{\percent}}",
            rf"\qty{{{part.number}}}{{\percent}}",
            rf"${part.number}\%$",
        ]
    elif part.form in ("digits", "plain") and not is_year(part):
        grouped = f"{part.number:,}"
        ways = [
            rf"\num{{{part.number}}}",
            f"${grouped.replace(',', '{,}')}$",
            grouped.replace(",", r"\,"),
            grouped.replace(",", "{,}"),
        ]
    else:
        return None
    return ways[int(draw * 8)] if draw < 0.5 else None


# --- HTML ---


def _html(sentence: Sentence, random: Random, typographic: bool) -> str:
    entities = {"“": "&ldquo;", "”": "&rdquo;", "’": "&rsquo;", NO_BREAK: "&nbsp;", THIN: "&thinsp;", "–": "&ndash;"}
    whole = sentence.way in ("told 0", "told 1", "as stated", "quotation") and random.random() < 0.3
    empty, name = random.random() < 0.5, random.choice(["span", "sup", "a"])

    def escaped(text: str) -> str:
        safe = html.escape(text, quote=False)
        return safe if typographic else "".join(entities.get(sign, sign) for sign in safe)

    def mark(key: str) -> str:
        link = f' href="#{key}"' if name == "a" else ""
        return f'<{name} data-finding="{key}"{link}>{"" if empty else "†"}</{name}>'

    made, keys = "", []
    for part in sentence.parts:
        if part.role == "cite" and whole:
            keys += part.text.split("\n")
            made = made.removesuffix(" ")
        elif part.role == "cite":
            made += "".join(map(mark, part.text.split("\n")))
        elif part.role == "cell":
            made += "</td><td>"
        elif part.role in ("value", "quote") and random.random() < 0.2:
            made += f"<strong>{escaped(part.text)}</strong>" if part.role == "value" else f"<i>{escaped(part.text)}</i>"
        else:
            made += escaped(part.text)
    return f'<span data-finding="{keys[0]}">{made}</span>' if whole and len(keys) == 1 else made


_WRITERS: Mapping[str, Callable[[Sentence, Random, bool], str]] = {
    ".md": _markdown,
    ".qmd": _markdown,
    ".txt": _text,
    ".tex": _latex,
    ".html": _html,
}
