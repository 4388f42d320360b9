"""What the landing page of each role answers."""
