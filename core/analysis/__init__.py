"""Pure functions from records to figures: no clock, no input or output, no chance."""
