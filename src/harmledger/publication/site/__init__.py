"""The site: pages of a record of the dead, written to a folder."""
