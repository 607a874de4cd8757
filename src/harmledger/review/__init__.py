"""What a person should look at next, and what the answer changes. Pure: records in, records out."""
