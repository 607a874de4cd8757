"""The steps in order, with what each needs and gives."""
