"""Settings, addresses, the WSGI entry."""
