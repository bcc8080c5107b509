"""Reports as data, for machines and for the terminal: one form a room."""
