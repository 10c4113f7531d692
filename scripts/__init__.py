"""The commands that staff run."""
