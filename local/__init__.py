"""The local cloud: Homeward as it is deployed, on one machine, behind one address."""
