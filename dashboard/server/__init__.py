"""The HTTP side: safe options, headers, what one server says about itself, faults and the process's own upkeep."""
