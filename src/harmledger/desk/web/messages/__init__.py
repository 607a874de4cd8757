"""What the program says of its work, by its English, in other languages: one file a language."""
