"""Templates of the desk's own pages; the record's are the publication's."""
