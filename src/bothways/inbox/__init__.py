"""Events become messages and mail to the people they concern."""
