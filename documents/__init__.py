"""Minutes, invitations and reports: one document model, drawn in several formats.

- model is what every format sees; minutes draws it from the record (source says for whom): front, people, opening,
  steps, rounds, answers, decided, action_list, limits, defaults, around, authority; its pictures: genogram, spread.
- Formats: html, text, word (word_template), pdf (printing is its process); copies offers one document in all of them.
- compliance is the report over many meetings; `letters/` are what goes out by e-mail.
"""
