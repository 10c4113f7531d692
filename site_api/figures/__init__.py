"""Figures: what the stored calls say of each promise."""
