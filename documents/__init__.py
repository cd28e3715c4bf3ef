"""Minutes, invitations and reports: one document model, drawn in several formats.

- model is what every format sees; minutes draws it from the record (source says for whom): front, people, opening,
  steps, rounds, answers, decided, action_list, limits, defaults, around, afterwards, authority; its pictures: genogram
  (kinship, family_drawing, family_symbols), spread. What a copy leaves out: kept_back, by places and matched.
- Formats: html, text, word (word_template, word_columns), pdf (press; printing is its process), columns for both of
  these; copies offers one document in all of them.
- compliance is the report over many meetings (small_numbers), figures_table the same for a spreadsheet; `letters/` are
  what goes out by e-mail.
"""
