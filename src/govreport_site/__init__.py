"""法治政府建设年度报告: a folder of reports in, one readable and searchable static site out.

Start with README.md beside this file: it walks through the house, floor by floor.
"""

__version__ = "0.1.0"
