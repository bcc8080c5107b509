"""From reports to an index that a browser searches exactly, from http and from a folder on disk.

`units` says what is searched, `shards` how it is written down. The other half of this room
is JavaScript: templates/static/browser/, where `search.js` is the place to begin.
"""
