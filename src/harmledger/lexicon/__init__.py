"""The words we recognise: one folder a language, data files with typed loaders."""
