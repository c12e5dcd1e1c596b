"""What every story area stands on: organisation, events, policy, time. No nouns of mentorship."""
