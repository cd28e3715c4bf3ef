"""What a person sees and sends: forms and boards, one module for each kind of step. A card takes a screen, no meeting.

- kit holds the pieces of every card, frame its head and foot, small the forms that look alike.
- The kinds of step, and around them chairing (board and panel), convening, invitations, admission, follow_up, minutes.
- Sentences: sentences (for what was refused and done; of them door_words and minutes_words), spoken, told, form_titles;
  times as people read them.
- `gallery/` draws each card's previews; samples are those that a chair sees most.
"""
