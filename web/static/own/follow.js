/* Where one is led when something new came: to it after one's own press, else by a button where it is out of sight. */

import { el } from "./dom.js";

const OWN_MS = 5000; // so long after a press what comes is its consequence

export class Follow {
  /** `go(id)` leads to a card and puts the keyboard there. */
  constructor(go) {
    this.go = go;
    this.last = -Infinity;
    this.button = el("button", { type: "button", class: "arrived", hidden: true, onclick: () => this.taken() });
    this.watch = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && this.hide());
  }

  pressed() {
    this.last = performance.now();
  }

  /** `busy`: the keyboard is in a card that still asks something. */
  came(item, busy) {
    if (!busy && performance.now() - this.last < OWN_MS) {
      this.last = -Infinity;
      this.go(item.id);
      return;
    }
    this.id = item.id;
    this.button.textContent = `New: ${item.heading.textContent}`;
    this.button.hidden = false;
    this.watch.disconnect();
    this.watch.observe(item.place); // told at once, and again whenever it comes into sight
  }

  /** The press is answered: what came meanwhile may be led to now. */
  settled(busy) {
    if (!this.button.hidden && !busy && performance.now() - this.last < OWN_MS) this.taken();
  }

  taken() {
    this.hide();
    this.go(this.id);
  }

  hide() {
    this.button.hidden = true;
    this.watch.disconnect();
  }
}
