/* "My part": the cards that one person holds; what asks something of them stands open, the rest is put by. */

import { bare, clock, el, say } from "./dom.js";
import { isPanel } from "./panel.js";
import { draw } from "./renderer.js";

const walk = function* (node) {
  if (Array.isArray(node)) for (const each of node) yield* walk(each);
  else if (node && typeof node === "object") {
    yield node;
    for (const each of Object.values(node)) yield* walk(each);
  }
};

const any = (card, test) => {
  const { refresh: _, ...shown } = card;
  for (const node of walk(shown)) if (test(node)) return true;
  return false;
};

const asks = (card) =>
  any(card, (node) => String(node.type).startsWith("Input.") || (node.type === "Action.Execute" && node.style === "positive"));
const presses = (card) => any(card, (node) => String(node.type).startsWith("Action."));
/* What everybody sees of a form that is another's: it opens one's own part, and says nothing. */
const onlyBase = (card) => {
  const { refresh: _, ...shown } = card;
  const buttons = [...walk(shown)].filter((node) => String(node.type).startsWith("Action."));
  return buttons.length === 1 && buttons[0].verb === "chairing.open";
};
const served = (card) => !presses(card) && (card.body?.length ?? 0) <= 2;

const FRESHEN_MS = 1200; // one fetch for many changes

/** One message's card, with what was typed into it. */
export class Item {
  constructor(message, page, tag = "details") {
    this.page = page;
    this.id = message.id;
    this.drafts = new Map();
    this.note = el("p", { class: "note", hidden: true });
    this.place = el("div", { class: "card" });
    this.heading = el("span", { class: "line" });
    this.time = el("time", { class: "time" });
    const head = el(tag === "details" ? "summary" : "div", { class: "head" }, this.heading, this.time);
    this.element = el(tag, { class: "item", "data-id": message.id, tabindex: tag === "details" ? null : "-1" });
    this.element.append(head, this.place, this.note);
    this.drawn = "";
  }

  show(message) {
    this.message = message;
    this.heading.textContent = bare(message.line) + (message.private ? " (to you alone)" : "");
    this.time.textContent = clock(message.at);
    this.time.dateTime = message.at;
    const json = JSON.stringify(message.card);
    if (json === this.drawn) return;
    this.drawn = json;
    this.redraw(message.card);
  }

  redraw(card) {
    const place = this.focused();
    const pressed = (button) => this.press(button);
    const element = draw(this.page.trimmed?.(card, this) ?? card, { drafts: this.drafts, pressed, full: (label, most) => this.full(label, most) });
    this.place.replaceChildren(element ?? el("p", {}, card.fallbackText ?? this.message.line));
    if (place) this.refocus(place);
  }

  /** Where the keyboard is: which input or button, by its words, since the elements are made anew. */
  focused() {
    const at = document.activeElement;
    if (!at || !this.place.contains(at)) return null;
    const words = at.closest(".ac-input") ? "" : at.textContent.trim();
    const controls = [...this.place.querySelectorAll("input, textarea, select, button, summary")];
    const name = this.nameOf(at);
    return { words, name, index: controls.indexOf(at), from: at.selectionStart, to: at.selectionEnd };
  }

  nameOf(control) {
    return control.getAttribute("aria-labelledby") || control.closest("[id]") ? this.labelOf(control) : "";
  }

  labelOf(control) {
    const label = control.labels?.[0] ?? document.getElementById((control.getAttribute("aria-labelledby") ?? "").split(" ")[0]);
    return label?.textContent.trim() ?? "";
  }

  /** To the first answer that was sent back, else to the same control, else to the card as a whole. */
  refocus(place) {
    const wrong = this.place.querySelector('[aria-invalid="true"]');
    const inside = wrong?.matches("input, textarea, select") ? wrong : wrong?.querySelector("input, textarea, select");
    const controls = [...this.place.querySelectorAll("input, textarea, select, button")];
    const same = controls.find((each) =>
      place.words ? each.tagName === "BUTTON" && each.textContent.trim() === place.words : place.name && this.labelOf(each) === place.name,
    );
    const next = inside ?? same;
    if (next) {
      next.focus({ preventScroll: !inside });
      if (same && !inside && typeof place.from === "number" && /^(text|textarea)$/.test(next.type)) next.setSelectionRange(place.from, place.to);
      return;
    }
    this.place.tabIndex = -1;
    this.place.focus({ preventScroll: true });
  }

  async press({ verb, title, data, free }) {
    if (this.busy) return;
    this.busy = true;
    this.page.follow?.pressed();
    const button = document.activeElement?.closest?.("button");
    this.element.setAttribute("aria-busy", "true");
    this.told("");
    try {
      const kept = new Map(this.drafts);
      if (!free) this.drafts.clear();
      const answer = await this.page.wire.press({ message: this.id, verb, title, data }).catch((error) => {
        for (const [id, text] of kept) if (!this.drafts.has(id)) this.drafts.set(id, text);
        throw error;
      });
      if (answer.kind !== "card" && !free) for (const [id, text] of kept) this.drafts.set(id, text);
      this.answered(answer, title);
    } catch (error) {
      const lost = "Not sent: there is no connection. What you typed is kept; press again.";
      this.told(error.refused ? "Not sent: this page is out of date. Load it again." : lost, true);
    } finally {
      this.busy = false;
      this.element.removeAttribute("aria-busy");
      if (button?.isConnected && document.activeElement === document.body) button.focus();
      this.page.follow?.pressed();
      this.page.deck?.settled();
    }
  }

  answered(answer, title) {
    if (answer.kind === "card") {
      const wrong = this.place.querySelector(".field-error")?.textContent;
      say(wrong ? `Sent back. ${wrong}` : `${title}: ${this.firstWords()}`);
      return;
    }
    this.told(answer.text, answer.kind === "error");
  }

  /** The line that confirms a press stands right under the heading. */
  firstWords() {
    const lines = [...this.place.querySelectorAll(".ac-richTextBlock, .ac-textBlock")].slice(1, 4);
    return lines.map((each) => each.textContent.trim()).join(". ");
  }

  /** A browser cuts what is pasted beyond an input's end and says nothing: this does. */
  full(label, most) {
    if (label === (this.isFull ?? "")) return;
    this.isFull = label;
    const words = `“${label}” is full: it holds ${most.toLocaleString("en-GB")} characters, and what came after is not in it.`;
    this.told(label ? words : "", Boolean(label));
  }

  told(words, wrong = false) {
    this.note.hidden = !words;
    this.note.textContent = words;
    this.note.className = wrong ? "note wrong" : "note";
    say(words);
  }
}

/** All cards of one person: open ones above, the newest first; the rest below, to be opened. */
export class Deck {
  constructor(page) {
    this.page = page;
    this.items = new Map();
    this.opened = new Set();
    this.board = el("div");
    this.now = el("div", { class: "now" });
    this.count = el("span");
    this.past = el("div", { class: "past" });
    this.earlier = el("details", { class: "earlier", hidden: true }, el("summary", {}, "Earlier ", this.count), this.past);
    this.empty = el("p", { class: "quiet" }, "Nothing is asked of you yet. This page shows it as soon as something is.");
    this.element = el("div", { class: "deck" }, this.empty, this.board, this.now, this.earlier);
  }

  clear() {
    this.boarded = false;
    this.board.replaceChildren();
    this.items.clear();
    this.now.replaceChildren();
    this.past.replaceChildren();
  }

  take(messages, gone, first) {
    for (const id of gone) this.drop(id);
    this.boarded ||= messages.some((each) => each.board);
    if (this.boarded) for (const item of [...this.items.values()]) if (isPanel(item.message.card)) this.drop(item.id);
    const fresh = [];
    const kept = document.activeElement !== document.body;
    for (const message of messages) {
      if (!message.card || message.board || served(message.card) || (this.boarded && isPanel(message.card))) {
        this.drop(message.id);
        continue;
      }
      const known = this.items.get(message.id);
      const item = known ?? this.added(message);
      item.show(message);
      if (!known && !first) fresh.push(item);
    }
    this.announce(fresh);
    this.arrange();
    this.lead(fresh);
    if (kept && document.activeElement === document.body) this.rest();
  }

  /** The card that the keyboard is in, where it asks something still. */
  busy() {
    const at = [...this.items.values()].find((each) => each.element.contains(document.activeElement));
    return Boolean(at && asks(at.message.card));
  }

  /** What came last is what one is led to, or told of. */
  lead(fresh) {
    const top = fresh.find((each) => each.element === this.now.firstElementChild) ?? fresh.find((each) => asks(each.message.card));
    if (top && !onlyBase(top.message.card)) this.page.follow?.came(top, this.busy());
  }

  settled() {
    this.arrange();
    this.page.follow?.settled(this.busy());
  }

  /** The card that the keyboard was in has gone: it rests on the newest one, and nothing scrolls. */
  rest() {
    this.now.querySelector("summary")?.focus({ preventScroll: true });
  }

  /** Many at once, as when somebody is let in, are counted; what asks for something is named all the same. */
  announce(fresh) {
    const named = fresh.length > 2 ? fresh.filter((item) => asks(item.message.card)) : fresh;
    if (named.length < fresh.length) say(`${fresh.length} cards of this meeting are here.`);
    for (const item of named) say(`New: ${item.heading.textContent}`);
  }

  added(message) {
    const item = new Item(message, this.page);
    this.items.set(message.id, item);
    item.element.querySelector("summary").addEventListener("click", () => {
      const opens = !item.element.open;
      this.opened[opens ? "add" : "delete"](message.id);
    });
    return item;
  }

  drop(id) {
    this.items.get(id)?.element.remove();
    this.items.delete(id);
  }

  /** What asks something, or came last, stands open; nothing moves that holds the keyboard. */
  arrange() {
    const all = [...this.items.values()].sort((a, b) => (a.message.at < b.message.at || (a.message.at === b.message.at && a.id < b.id) ? 1 : -1));
    const newest = all.find((each) => !onlyBase(each.message.card)) ?? (this.boarded ? null : all[0]);
    const now = [], past = [];
    for (const item of all) {
      const held = item.element.contains(document.activeElement) && item.element.parentNode === this.now;
      const up = item === newest || asks(item.message.card) || held;
      (up ? now : past).push(item);
      if (!held) item.element.open = up || this.opened.has(item.id);
    }
    settle(this.now, now.map((each) => each.element));
    settle(this.past, past.map((each) => each.element));
    this.count.textContent = `(${past.length})`;
    this.earlier.hidden = past.length === 0;
    this.empty.hidden = all.length > 0 || this.board.childElementCount > 0;
  }

  /** The meeting went on: open cards without inputs are fetched again, as from their menu in Teams. */
  freshen() {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      if (document.hidden) return;
      for (const item of this.items.values()) {
        const card = item.message.card;
        const open = item.element.parentNode === this.now;
        if (!open || !card.refresh || item.busy || any(card, (node) => String(node.type).startsWith("Input."))) continue;
        this.page.wire.refresh(item.id).catch(() => null);
      }
    }, FRESHEN_MS);
  }

  unsent() {
    return [...this.items.values()].some((item) => [...item.drafts.values()].some((text) => text && text !== "false"));
  }
}

/** Puts elements in order without touching those that stand right, or that hold the keyboard. */
const settle = (place, wanted) => {
  const keep = wanted.find((each) => each.parentNode === place && each.contains(document.activeElement));
  const at = keep ? wanted.indexOf(keep) : -1;
  wanted.forEach((each, n) => {
    if (each === keep) return;
    if (keep && n < at) {
      if (each.nextSibling !== wanted[n + 1] || each.parentNode !== place) place.insertBefore(each, keep);
    } else if (place.children[n] !== each) place.insertBefore(each, place.children[n] ?? null);
  });
};
