"""Number and date wording to bounds."""
