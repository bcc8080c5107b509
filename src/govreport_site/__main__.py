"""`python -m govreport_site`: the same commands as `govreport`."""

import sys

from govreport_site.cli import main

sys.exit(main())
