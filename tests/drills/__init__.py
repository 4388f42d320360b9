"""Drills: what `deploy/` ships, tried with real processes on machines that are namespaces of the kernel."""
