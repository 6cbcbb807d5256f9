"""The run folder: written whole, sealed by a manifest, published, compared."""
