/* Light, dark, high contrast: as the machine says, unless somebody chooses. Only this choice is kept in the browser. */

import { el } from "./dom.js";

const KEY = "chairside-looks";
const CHOICES = [["", "As this device"], ["light", "Light"], ["dark", "Dark"], ["contrast", "High contrast"]];

const kept = () => {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
};

const wear = (looks) => {
  if (looks) document.documentElement.dataset.looks = looks;
  else delete document.documentElement.dataset.looks;
};

export const looksMenu = () => {
  wear(kept());
  const change = (event) => {
    wear(event.target.value);
    try {
      localStorage.setItem(KEY, event.target.value);
    } catch {
      return;
    }
  };
  const options = CHOICES.map(([value, title]) => el("option", { value, selected: value === kept() }, title));
  return el("label", { class: "looks" }, el("span", { class: "away" }, "Colours"), el("select", { onchange: change }, options));
};
