"""Checking what others say: names that may occur, values to hold figures against, and the whole answer."""
