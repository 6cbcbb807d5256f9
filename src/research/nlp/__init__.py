"""Room 2: a document becomes annotations, which are tables of character offsets."""
