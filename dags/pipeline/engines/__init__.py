"""One module per container engine, each with a `build`; only the one in use is imported, so only its provider need be installed."""
