"""The service on the network: composition, the Teams channel, e-mail, the clock and the settings.

- `app` puts it together from `settings`; `handler` and `arrivals` answer what Teams sends in (`teams/`), `guests/` what
  comes from a browser.
- `clock` ticks, `sending/` sends what is due, through `teams/` or `mail/`.
- What an operator asks for: `convening`, `disclosing`, `retaining`, `succeeding` (a meeting is named `by_reference`);
  `safekeeping`, `reporting`, `examining/` (the doctor), `health`.
"""
