"""Figures with all that proves them, as one file that checks itself."""
