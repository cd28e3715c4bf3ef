"""What a person may do: verbs, thin, one module for each kind of step."""
