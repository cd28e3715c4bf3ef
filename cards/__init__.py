"""What a person sees and sends: forms and boards, one module for each kind of step."""
