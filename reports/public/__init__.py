"""What everybody may see: figures of closed months without small cells."""
