"""Who said what: turns of transcripts, and whose words a whole document is."""
