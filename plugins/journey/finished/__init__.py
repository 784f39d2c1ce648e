"""What is looked at and added when a whole site lies ready: links, weight on the wire, compressed copies."""
