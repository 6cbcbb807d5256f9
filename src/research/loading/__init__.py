"""Room 1: files become a corpus of documents."""

from research.loading.corpus import Corpus, load
from research.loading.documents import Document, Origin, Rejected, Span
from research.loading.speakers import Person, Speakers

__all__ = ["Corpus", "Document", "Origin", "Person", "Rejected", "Span", "Speakers", "load"]
