"""Text → `Report`. Read `read.py` first: it tells the way from a file to a tree in one page."""
