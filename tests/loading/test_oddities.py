"""What is odd about a text decoded wrongly: capitals within words, quotation marks behind letters, rare signs."""

import pytest

from research.loading.oddities import oddities


@pytest.mark.parametrize("text", ["“It’s a café,” he said.", "À Paris – c’est l’été…", "£3m for ÅSE", "¿Qué? ¡No!"])
def test_a_text_is_not_odd(text: str) -> None:
    assert oddities(text).odd == 0


@pytest.mark.parametrize(
    "encodings", [("mac_roman", "cp1252"), ("cp1252", "mac_roman"), ("cp850", "mac_roman"), ("mac_roman", "cp850")]
)
def test_the_same_text_decoded_wrongly_is_odd(encodings: tuple[str, str]) -> None:
    written, read = encodings
    text = "Die Bürgermeisterin fährt über die Straße, sagte Frau Müller. “Später.”"
    data = text.encode(written, "ignore")
    assert oddities(data.decode(written)).odd == 0
    assert oddities(data.decode(read, "ignore")).odd > 0


def test_the_ends_of_a_text_have_no_neighbours() -> None:
    assert oddities("é") == (1, 1, 0)
    assert oddities("Ò") == (1, 1, 1)
    assert oddities("") == oddities("plain") == (0, 0, 0)
