"""Style of the desk, and the scripts that `make assets` builds."""
