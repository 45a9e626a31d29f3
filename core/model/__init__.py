"""The nouns: frozen values that refuse to be wrong. No database, no clock, no screen."""
