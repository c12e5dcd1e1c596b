"""The look: base template, components, static files, the living style page."""
