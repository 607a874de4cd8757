"""People: the command line, web pages and the API. Parses and prints; decides nothing."""

import signal as _signal
import sys as _sys

if _sys.argv[0].endswith("harmledger") and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    # While the program loads, Ctrl-C ends it at once and without a traceback; `main` takes over.
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
