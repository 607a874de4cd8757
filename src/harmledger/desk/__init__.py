"""People: the command line. Parses and prints; decides nothing."""
