"""The project, and the little that knows no domain: clock, workflow, access, text, sheets."""
