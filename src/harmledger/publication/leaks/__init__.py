"""Whether anything restricted is in an edition: every file, decoded, held against what must not be there."""
