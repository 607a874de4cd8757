"""The desk in a browser: public pages, the API, and the rooms of those who review. Decides nothing."""
