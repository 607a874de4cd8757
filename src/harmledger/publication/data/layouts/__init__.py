"""The record in other people's layouts, and what each of them cannot carry."""
