"""Question banks for learning platforms, written from the same items as the pages."""
