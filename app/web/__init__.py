"""HTTP and WebSocket: one noun, one file."""
