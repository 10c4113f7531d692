"""The charter, and the only code that knows its file format."""
