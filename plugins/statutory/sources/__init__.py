"""What the sources must supply (the contract) and how it is taken in."""
