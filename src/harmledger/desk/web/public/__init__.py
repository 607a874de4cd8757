"""Pages of the record for everybody: what a publication writes, served as the case stands."""
