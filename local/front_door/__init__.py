"""The one address: what the CDN does in the cloud, on a laptop."""
