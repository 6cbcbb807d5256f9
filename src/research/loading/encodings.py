"""Decode the bytes of a file: by byte-order mark, as UTF-8, as declared, or as detected."""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import BinaryIO, NamedTuple

from research.loading.cleaning import MOJIBAKE
from research.loading.oddities import oddities


class Unreadable(Exception):
    """A file gives no document: the reason, and what its owner can do."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document in an old or encrypted format"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
"""How some binary files begin, whatever their name says."""

_CHUNK = 1 << 20


class Facts(NamedTuple):
    """What one pass over the bytes of a file tells."""

    size: int
    sha256: str
    head: bytes
    has_nul: bool
    bad_byte: int | None
    sample: bytes

    def encoding(self, declared: str | None = None) -> str:
        """Return the encoding to decode with; ``declared`` is the one that the file names.

        Raises ``Unreadable`` for an empty or binary file, and where the encoding cannot be determined.
        """
        if not self.size:
            raise Unreadable("the file is empty", "Remove it, or put a text into it.")
        for beginning, kind in _KINDS:
            if self.head.startswith(beginning):
                raise _binary(kind)
        for mark, encoding in _MARKS:
            if self.head.startswith(mark):
                return encoding
        if self.has_nul:
            raise _binary("it has NUL bytes")
        if self.bad_byte is None:
            return "utf-8"
        if declared is not None and _extends_ascii(declared) and _decodes(self.sample, declared):
            return codecs.lookup(declared).name
        return _detected(self.sample, self.bad_byte)


def probe(stream: BinaryIO) -> Facts:
    """Read a stream to its end, in bounded memory."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, has_nul, bad_byte = 0, False, None
    head = sample = last = b""
    while chunk := stream.read(_CHUNK):
        last = chunk
        digest.update(chunk)
        head = head or chunk[:4096]
        has_nul = has_nul or b"\0" in chunk
        if bad_byte is None:
            bad_byte = _first_bad_byte(decoder, chunk, size)
            sample = b"" if bad_byte is None else chunk
        size += len(chunk)
    if bad_byte is None and (cut := decoder.getstate()[0]):  # the last character is cut
        bad_byte, sample = size - len(cut), last
    return Facts(size, digest.hexdigest(), head, has_nul, bad_byte, sample)


def _first_bad_byte(decoder: codecs.IncrementalDecoder, chunk: bytes, before: int) -> int | None:
    held = len(decoder.getstate()[0])
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError as error:
        return before - held + error.start
    return None


def decode(data: bytes, facts: Facts, declared: str | None = None) -> tuple[str, str]:
    """Return the text and its encoding. Raises ``Unreadable``."""
    encoding = facts.encoding(declared)
    try:
        return data.decode(encoding), encoding
    except UnicodeError as error:
        name = encoding.removesuffix("-sig").upper()
        place = f"byte {error.start:,} cannot be decoded" if isinstance(error, UnicodeDecodeError) else str(error)
        raise Unreadable(
            f"the file is not {name} text ({place})",
            "Save it as UTF-8 text, or remove it from the folder.",
        ) from error


def _binary(why: str) -> Unreadable:
    return Unreadable(
        f"the file is binary data, not text ({why})",
        "Export its text as UTF-8, or remove it from the folder.",
    )


_WESTERN = "cp1252"
_OTHERS = (
    *("cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_FEWEST_BYTES = 16
"""The fewest bytes beyond ASCII from which an encoding is detected by frequency."""

_NOT_WESTERN = re.compile(
    r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]"  # control characters
    r"|[ˆ˜¤¦¨¬¯¶¸¹¾ƒ†‡‰‹›]"  # characters that hardly any text has
    r"|(?<=[^\W\d_])[¡£¥¢§©®±µ¿¼½³²ªº°](?=[^\W\d_])|[^\W\d_ÿÝýÐðÞþ][ÿÝýÐðÞþ](?=[^\W\d_])",  # within words
)


def _detected(sample: bytes, bad_byte: int) -> str:
    """The encoding of a text that is not UTF-8.

    English and its neighbours in Windows-1252, Mac Roman and DOS are recognised by their characters, other encodings by
    the frequency of their bytes if there are enough. A text that is UTF-8 but for a broken place is not guessed at.
    """
    broken = Unreadable(
        f"the file is not UTF-8 text (byte {bad_byte:,} cannot be decoded), and its encoding is unknown",
        "Save it as UTF-8 text, or remove it from the folder.",
    )
    if _is_chinese(sample):
        return _CHINESE
    if _decodes(sample, _WESTERN) and MOJIBAKE.search(sample.decode(_WESTERN)):
        raise broken
    if (western := _western(sample)) is not None:
        return western
    if sum(byte > 127 for byte in sample) >= _FEWEST_BYTES:
        from charset_normalizer import from_bytes

        best = from_bytes(sample[:200_000], cp_isolation=list(_OTHERS)).best()
        if best is not None and best.encoding in _OTHERS and _is_text(sample, best.encoding):
            return best.encoding
    raise broken


_ELSEWHERE = ("mac_roman", "cp850")
"""Where Western letters had other numbers: on the Macintosh before OS X, and in DOS."""
_MUCH_ODDER = 4


def _western(sample: bytes) -> str | None:
    """The encoding of a text in English or a neighbour of it; None for a text that is odd in all of them."""
    decoded = {name: sample.decode(name) for name in (_WESTERN, *_ELSEWHERE) if _decodes(sample, name)}
    counts = {name: oddities(text) for name, text in decoded.items() if _is_mostly_ascii(text)}
    text, at_home = decoded.get(_WESTERN), counts.get(_WESTERN)
    fits = text is not None and not (_NOT_WESTERN.search(text) or _looks_czech(text))
    if at_home is not None and fits and at_home.odd == 0:
        return _WESTERN
    best = min((name for name in _ELSEWHERE if name in counts), key=lambda name: counts[name].odd, default=None)
    if best is not None:
        odd_here = at_home.odd if at_home is not None else counts[best].beyond - 1  # a single one shows nothing
        if _MUCH_ODDER * counts[best].odd < odd_here and 20 * counts[best].odd <= counts[best].beyond:
            return best
    return _WESTERN if at_home is not None and fits and 2 * at_home.odd <= at_home.beyond else None


def _is_mostly_ascii(text: str) -> bool:
    """Whether at most a quarter of the letters are beyond ASCII."""
    beyond = sum(not c.isascii() and c.isalpha() for c in text)
    return 4 * beyond <= sum(c.isalpha() for c in text)


def _is_chinese(sample: bytes) -> bool:
    """Whether these bytes are Chinese in GB 2312 or a successor, even a single sentence.

    In Chinese four in ten characters are among the hundred most frequent. Other encodings give these bytes by chance,
    Korean in particular, where some frequent syllables have them: a text that is entirely Hangul is not taken for
    Chinese.
    """
    if not _decodes(sample, _CHINESE) or _is_hangul(sample):
        return False
    beyond = [c for c in sample.decode(_CHINESE, "ignore") if c > "\x7f"]
    signs = [c for c in beyond if "\u4e00" <= c <= "\u9fff"]
    frequent = sum(c in _FREQUENT_CHINESE for c in signs)
    others = sum(c not in _CHINESE_PUNCTUATION for c in beyond) - len(signs)
    return frequent >= _FEWEST_FREQUENT and 4 * frequent >= len(signs) and others == 0


def _is_hangul(sample: bytes) -> bool:
    """Whether these bytes are Korean syllables, with no other letters beyond ASCII."""
    if not _decodes(sample, _KOREAN):
        return False
    letters = [c for c in sample.decode(_KOREAN, "ignore") if c > "\x7f" and c.isalpha()]
    return bool(letters) and all("\uac00" <= c <= "\ud7a3" for c in letters)


_CHINESE, _KOREAN = "gb18030", "euc_kr"
_FREQUENT_CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进"
    "着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新"
)
"""The 150 most frequent characters of written Chinese on which published frequency lists agree."""
_CHINESE_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕…—·　～％０１２３４５６７８９")
_FEWEST_FREQUENT = 4


def _is_text(sample: bytes, encoding: str) -> bool:
    """Whether bytes that were detected by frequency are text: no word may begin with a combining mark."""
    return _decodes(sample, encoding) and not _LOOSE_MARK.search(sample.decode(encoding, "ignore"))


_MARK = "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0652]"
_LOOSE_MARK = re.compile(rf"(?<![^\W\d_])(?<!{_MARK}){_MARK}{{1,4}}[^\W\d_]")


def _looks_czech(text: str) -> bool:
    """Whether letters occur together that no Western language has both of: Czech mistaken for Windows-1252."""
    return not (set("ŠšŽž").isdisjoint(text) or set("èìøùòïÈÌØÙ").isdisjoint(text))


_PYTHONS_OWN = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"))
_ASCII = bytes(range(0x20, 0x5C)) + bytes(range(0x5D, 0x7E))  # without the backslash and the tilde of Japanese


def _name_of(encoding: str) -> str:
    return codecs.lookup(encoding).name.replace("_", "-")


def _extends_ascii(declared: str) -> bool:
    """Whether a declared encoding can be right: it was read as ASCII, so it must be a superset of ASCII.

    Python knows codecs that are not (UTF-16, EBCDIC) and codecs that are no encodings of text (hex, rot13).
    """
    try:
        return _ASCII.decode(declared) == _ASCII.decode("ascii") and _name_of(declared) not in _PYTHONS_OWN
    except (UnicodeError, LookupError):
        return False


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the bytes are text in an encoding; the last character of a sample may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except (UnicodeError, LookupError):
        return False
    return True
