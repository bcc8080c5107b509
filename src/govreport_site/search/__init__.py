"""From reports to an index that a browser searches exactly, from http and from a folder on disk.

    units         a report → its lines, and which passage each part of them belongs to
    contribution  … folded, in the order of the index, every letter with its level: what a cache keeps
    grams         letters of many reports → all that begins anywhere, sorted, with its places
    segments      … → the files of search/, kept up report by report: the wire format, byte by byte
    numbers bits  how columns and lists are written; scoring: what an occurrence weighs
    query answers what is asked, and what is an answer: in the terminal, and as the judge of the index

`terminal` finds the lines for a question without a browser, `ways` and `shown` what to say then; `terms`
makes what the search box suggests. The reading half is JavaScript: begin with search.js.
"""
