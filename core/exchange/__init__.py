"""How a record leaves the program: as canonical JSON, as pages to read, and in an encrypted archive."""
