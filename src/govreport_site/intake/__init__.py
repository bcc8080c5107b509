"""Any file that a maintainer has → the text of a report, with what its page or its format says about it.

One format a room; `bring_in` is the wing's front, `arrival` the data that all of them give.
"""
