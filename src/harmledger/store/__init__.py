"""The only room that speaks SQL: the facts of a case, and the views that are rebuilt from them."""
