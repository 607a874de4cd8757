"""Documents that people hand in at the desk: files, typed texts, lists of addresses; added in a process of its own."""
