"""Countries and actors: who is meant by a name, on top of the names that the encoder sees."""
