"""Reports → the pages of the site. The wing's front is `render.py`; `views.py` picks, templates show."""
