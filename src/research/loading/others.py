"""Files of kinds that are not read, and what each can be converted to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from research.loading.archives import PACK_AS_ZIP

_OFFICE = "Open it in Word or LibreOffice, and save it as .docx."
_TABLE = "Open it in Excel or LibreOffice, and save it as .xlsx or .csv."
_EXPORT = "Open it in the program that made it, and export the table as .csv."
_PLAIN = "If it is plain text, give its name the suffix .txt."
_PAGE = "Open it in a browser, and save the page as .html."
_LINK = "This is a link, not a text: open the page and save it as .html."
_MAIL = "Open it in a mail program, and save each message as .eml or plain text (.txt)."
_BOOK = "Convert it to .html, .docx or .txt."
_SLIDES = "Save the slides as .pdf, or their text as .txt."
_PICTURE = "Recognise its text (OCR) and save that as .txt, or remove the file."
_SOUND = "Put a transcript into the folder, as .txt."
_TIMES = "Save the words as plain text (.txt), without the times."
_UNFINISHED = "This is an unfinished download or copy: get the whole file, or remove it."

_REMEDIES: Mapping[str, str] = {
    suffix: remedy
    for suffixes, remedy in (
        ("doc odt pages wpd wps dot dotx docm", _OFFICE),
        ("xls ods numbers xlsb", _TABLE),
        ("dta sav por rds rda rdata sas7bdat feather db sqlite sqlite3 mdb accdb pkl pickle", _EXPORT),
        ("asc log rst tex org adoc", _PLAIN),
        ("mht mhtml webarchive maff", _PAGE),
        ("url webloc lnk desktop", _LINK),
        ("msg mbox pst emlx", _MAIL),
        ("epub mobi azw azw3 fb2 djvu", _BOOK),
        ("ppt pptx odp key", _SLIDES),
        ("jpg jpeg png gif tif tiff bmp webp heic svg", _PICTURE),
        ("mp3 mp4 m4a m4v wav ogg oga flac aac wma mov avi mkv webm", _SOUND),
        ("srt vtt sbv ass", _TIMES),
        ("7z rar bz2 tbz2 xz txz zst", PACK_AS_ZIP),
        ("crdownload part partial download tmp bak", _UNFINISHED),
        ("", _PLAIN),
    )
    for suffix in suffixes.split() or [""]
}


_SUFFIX = re.compile(r"\.[^\W_]{0,12}[^\W\d_][^\W_]{0,12}~?")


def not_read(path: str, formats: str) -> tuple[str, str]:
    """Why a file of this name is not read, and what to do; ``formats`` are the suffixes that are read."""
    suffix = PurePath(path).suffix
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""  # "Speech of 12.5.2031" and "Mr. Kolb speaks" have none
    nameless = "the file name has no suffix that says what it holds"
    reason = f"files of the kind {suffix} are not read" if suffix else nameless
    other = f"Save it as plain text in UTF-8, or in another format that is read ({formats})."
    return reason, _REMEDIES.get(suffix[1:].lower(), other)
