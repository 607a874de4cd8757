"""People: the command line, web pages and the API. Parses and prints; decides nothing."""

import _signal  # type: ignore[import-not-found]  # built in, without a stub
import sys as _sys

if _sys.argv[0].endswith("harmledger") and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    # While the program loads, Ctrl-C ends it at once and without a traceback; `main` takes over. The module beneath `signal` is
    # there already: to load that one takes some milliseconds, in which Ctrl-C would be a fault.
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
