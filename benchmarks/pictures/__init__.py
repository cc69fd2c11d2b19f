"""The picture pipeline beside its peers: what it costs, what it lets through, what its fingerprints find."""
