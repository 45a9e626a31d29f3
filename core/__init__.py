"""Everything Secure Base knows that has nothing to do with a screen."""
