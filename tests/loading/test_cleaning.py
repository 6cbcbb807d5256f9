"""Damage is counted, and not one character is moved."""

import pytest

from research.loading.cleaning import damage


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Plain text\twith\r\nlines\fand – “signs” in Łódź, São Paulo, Âge, naïve.", (0, 0, 0)),
        ("“Yes”, naïve café".encode().decode("cp1252", "replace").replace("\ufffd", "\u009d"), (4, 1, 0)),
        ("naïve £5".encode().decode("latin-1"), (2, 0, 0)),
        ("\ufeffa".encode().decode("cp1252"), (1, 0, 0)),
        ("a\x01b\x7fc\x85d\x9f", (0, 3, 0)),
        ("a\ufffdb\ufffd", (0, 0, 2)),
    ],
)
def test_damage_is_counted(text: str, counts: tuple[int, int, int]) -> None:
    assert damage(text) == counts
