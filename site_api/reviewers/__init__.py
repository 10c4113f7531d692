"""Reviewers: who may see and act in the portal."""
