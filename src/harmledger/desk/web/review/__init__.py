"""The review room: what to look at next, one screen an incident, and every act on it."""
