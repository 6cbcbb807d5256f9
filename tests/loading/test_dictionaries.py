"""A dictionary is read as it was meant, or refused with the line and what to do."""

import hashlib
from pathlib import Path

import pytest
import yaml

from research.errors import SourceError
from research.loading import dictionaries
from research.loading.dictionaries import open_dictionary, read_dictionary

QUANTEDA = """\
water:
  supply: [dam*, reservoir, "*pump"]
  rights:
  - free passage
  - treaty
  - shares:
      - quota
  - 2031
talks: no
PRESS RELEASE:
  - "Yes"
  - on   the record
"""


def test_yaml_is_read_as_quanteda_writes_it() -> None:
    """A term stays as it is written: YAML itself takes no for false, and 2031 for a number."""
    found = read_dictionary(QUANTEDA.encode(), "river.yaml")
    assert dict(found.categories) == {
        "water.supply": ("dam*", "reservoir", "*pump"),
        "water.rights": ("free passage", "treaty", "2031"),
        "water.rights.shares": ("quota",),
        "talks": ("no",),
        "PRESS RELEASE": ("Yes", "on the record"),
    }
    assert (found.file, found.sha256) == ("river.yaml", hashlib.sha256(QUANTEDA.encode()).hexdigest())


@pytest.mark.parametrize(
    "text",
    [
        "category,term\nwater,dam*\nwater,free passage\ntalks,treaty\n",
        "Term;Note; Category\n dam*;;water\nfree  passage;x;water\n\ntreaty;;talks\n",
        "category\tterm\r\nwater\tdam*\r\nwater\tfree passage\r\nwater\tdam*\r\ntalks\ttreaty",
        'sep=,\n"category","term"\n"water","dam*"\nwater,"free\npassage"\ntalks,treaty\n',
    ],
)
def test_a_table_has_the_columns_category_and_term(text: str) -> None:
    assert dict(read_dictionary(text.encode("utf-8-sig"), "river.csv").categories) == {
        "water": ("dam*", "free passage"),
        "talks": ("treaty",),
    }


def test_a_list_is_one_category_with_the_name_of_the_file() -> None:
    assert dict(read_dictionary(b"dam*\n\n free  passage \r\n#water\ndam*\n", "My river.txt").categories) == {
        "My river": ("dam*", "free passage", "#water")
    }


def test_an_empty_category_stays_and_one_with_others_within_is_not_empty() -> None:
    text = b"a:\nb: []\nc: {}\nd:\n  e: ''\n  f: [dam]\ng: 'dam, sea'\n"
    assert dict(read_dictionary(text, "lexicon.yml").categories) == {
        "a": (),
        "b": (),
        "c": (),
        "d.e": (),
        "d.f": ("dam",),
        "g": ("dam, sea",),
    }


def test_a_comment_in_a_list_is_no_term() -> None:
    text = b"# Water\n#\ndam*  # not damage\n#MeToo\nC# code\n"
    assert read_dictionary(text, "lexicon.txt").categories == {"lexicon": ("dam*", "#MeToo", "C# code")}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.yml",
            "water:\n  - dam\n  - *national\n",
            "a.yml, line 3: *national repeats another part of the file. Write",
        ),
        ("a.yml", "a: &x [dam]\nb: *x\n", "a.yml, line 2: *x repeats another part of the file. Write it out"),
        ("a.yml", "a: [dam]\nb: [sea]\na: [tide]\n", "a.yml, line 3: the category 'a' is in line 1 already. Join"),
        ("a.yml", "- dam\n- sea\n", "a.yml, line 1: a term without a category. Begin with a category"),
        ("a.yml", "dam\n", "a.yml, line 1: a term without a category"),
        ("a.yml", "a:\n  - [dam, [sea]]\n", "a.yml, line 2: a list within a list. Write each term"),
        ("a.yml", "a: [dam\nb: [sea]\n", "a.yml, line 2: it is not valid YAML ("),
        ("a.yml", "a:\n\t- dam\n", "a.yml, line 2: a tab at the beginning of the line. Use blanks instead."),
        (
            "a.yml",
            "a: dam, sea\n",
            "a.yml, line 1: the term 'dam, sea' has a comma. For several terms write [dam, sea]",
        ),
        ("a.txt", "# dams\n", "a.txt has no term."),
        ("a.yml", "? [a, b]\n: dam\n", "a.yml, line 1: a category whose name is not a word"),
        ("a.yml", "'': dam\n", "a.yml, line 1: a category without a name"),
        ("a.yml", "a:\n  - '*'\n", "a.yml, line 2: the term '*' has no letter. Write a word, or remove it."),
        ("a.yml", "a: [" + "x" * 201 + "]", "a.yml, line 1: the term has over 200 characters"),
        ("a.yml", 'a: "b\\x07"\n', "a.yml, line 1: the control character U+0007. Remove it."),
        ("a.yml", "a:\nb: []\n", "a.yml has no term. Write at least one category"),
        ("a.yml", "", "a.yml cannot be read: the file is empty. Remove it, or put a text into it."),
        ("a.yml", "".join(f"{' ' * n}k{n}:\n" for n in range(20)), "a.yml, line 13: categories within more than 12"),
        ("a.csv", "term,group\ndam,water\n", "a.csv, line 1: no column is called category. Name two columns"),
        ("a.csv", "category,term\nwater,dam\nwater,\n", "a.csv, line 3: the row has no term. Fill the cell"),
        ("a.csv", "category,term\n,dam\n", "a.csv, line 2: the row has no category"),
        ("a.csv", 'category,term\nwater,"dam" x\n', "a.csv, line 2: the row is malformed ("),
        (
            "a.csv",
            "category,term\nwater,dam\nWater,sea\n",
            "a.csv, line 3: the category 'Water' differs from 'water' in",
        ),
        ("a.txt", "dam\n--\n", "a.txt, line 2: the term '--' has no letter"),
        ("a.dic", "dam\n", "a.dic has no suffix of a dictionary: its name must end in .yml, .yaml, .csv"),
        ("a.txt", "dam\0\n", "a.txt cannot be read: the file is binary data"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(name: str, text: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_dictionary(text.encode(), name)
    assert str(caught.value).startswith(said)


def test_a_file_that_unfolds_to_more_than_memory_holds_is_refused_at_its_first_alias() -> None:
    layers = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    with pytest.raises(SourceError, match="line 2: \\*a0 repeats another part"):
        read_dictionary(f"a0: &a0 [dam, sea]\n{layers}".encode(), "bomb.yml")


@pytest.mark.parametrize("opening", ["[", "{", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    with pytest.raises(SourceError):
        read_dictionary(("a: " + opening * 50_000).encode(), "deep.yml")


def test_without_the_library_in_c_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert len(read_dictionary(QUANTEDA.encode(), "river.yaml").categories) == 5


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="too large for a dictionary"):
        read_dictionary(b"x" * 1_000_001, "a.txt")
    monkeypatch.setattr(dictionaries, "MOST_TERMS", 2)
    with pytest.raises(SourceError, match="line 3: more than 2 terms"):
        read_dictionary(b"dam\nsea\ntide\n", "a.txt")


def test_a_file_is_opened_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "river.txt").write_text("dam*\n", encoding="utf-8")
    assert dict(open_dictionary(tmp_path / "river.txt").categories) == {"river": ("dam*",)}
    with pytest.raises(SourceError, match=r"There is no dictionary sea\.txt"):
        open_dictionary(tmp_path / "sea.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SourceError, match=r"folder\.txt is a folder, and a dictionary is one file"):
        open_dictionary(tmp_path / "folder.txt")
