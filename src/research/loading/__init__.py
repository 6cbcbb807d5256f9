"""Room 1: files become a corpus of documents."""

from research.loading.corpus import Corpus, load
from research.loading.documents import Document, Origin, Rejected, Span

__all__ = ["Corpus", "Document", "Origin", "Rejected", "Span", "load"]
