"""Minutes, invitations and reports: one document model, drawn in several formats."""
