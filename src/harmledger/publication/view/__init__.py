"""What is shown of incidents, on paper and in the terminal alike."""
