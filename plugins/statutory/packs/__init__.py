"""What inspectors and managers read: pages and their charts."""
