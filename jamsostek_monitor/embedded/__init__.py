"""PostgreSQL and Valkey from Python wheels, for machines where nobody set up a server.

Nothing in here imports Django: the watching process stays small and starts quickly.
"""
