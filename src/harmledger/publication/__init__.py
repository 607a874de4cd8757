"""Records to pages and files for others, and what is withheld in them."""
