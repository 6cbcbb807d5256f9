"""Passages of speeches, releases, interviews and news, annotated for this project; see GUIDELINES.md."""
