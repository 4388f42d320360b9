"""Reads figures out of Indonesian sentences and checks their arithmetic: rules only, no service, no tables.

`reading.read` finds the figures, `arithmetic.sums_in` what the text says of their sums, `verdict` how a
figure stands beside values that others know.
"""
