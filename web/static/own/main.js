/* The page: one person's part, the chat and the panel of one meeting, kept up to date. */

import { Chat } from "./chat.js";
import { Deck, Item } from "./deck.js";
import { el, say } from "./dom.js";
import { Follow } from "./follow.js";
import { looksMenu } from "./looks.js";
import { Panel, beforeStart, movesOnly } from "./panel.js";
import { Wire } from "./wire.js";

const LINES = { open: "Connected", lost: "Connection lost: trying again", ended: "Signed out" };
const PARTS = [["mine", "My part"], ["chat", "Chat"], ["panel", "Panel"]];

class Page {
  constructor(root) {
    this.root = root;
    this.wire = new Wire(root.dataset.base, (change, begun) => this.take(change, begun), (state) => this.line(state));
    this.follow = new Follow((id) => this.go(id));
    this.deck = new Deck(this);
    this.chat = new Chat((id) => this.go(id));
    this.boardPlace = el("div");
    this.panel = new Panel(this.boardPlace);
    this.first = true;
    this.build();
  }

  build() {
    this.title = el("h1", {}, "Chairside");
    this.who = el("p", { class: "who" });
    this.step = el("p", { class: "step" });
    this.bar = el("span", { class: "done" });
    this.state = el("span", { class: "line lost" }, "Connecting");
    const top = el("header", { class: "top" },
      el("div", { class: "where" }, this.title, this.who),
      el("div", { class: "progress" }, this.step, el("div", { class: "track", "aria-hidden": "true" }, this.bar)),
      el("div", { class: "state" }, this.state, looksMenu()),
      el("div", { id: "live", class: "away", role: "status", "aria-live": "polite" }));
    this.banner = el("p", { class: "banner", hidden: true });
    const mine = el("section", { id: "mine", class: "mine", tabindex: "-1", "aria-labelledby": "mine-title" },
      el("h2", { id: "mine-title" }, "My part"), this.banner, this.deck.element);
    this.parts = el("nav", { class: "parts", "aria-label": "Parts of this page" }, PARTS.map(([name, title]) =>
      el("button", { type: "button", "data-part": name, onclick: () => this.part(name) }, title)));
    this.root.append(
      top, this.parts, el("main", { class: "columns" }, this.chat.element, mine, this.panel.element), this.follow.button);
    this.part("mine");
    addEventListener("beforeunload", (event) => this.deck.unsent() && event.preventDefault());
  }

  part(name) {
    this.root.dataset.part = name;
    for (const button of this.parts.children) button.setAttribute("aria-pressed", String(button.dataset.part === name));
  }

  start() {
    return this.wire.start();
  }

  line(state) {
    this.state.textContent = LINES[state];
    this.state.className = `line ${state}`;
    if (state === "ended") this.empty();
    if (state !== "open" && this.was !== state) say(LINES[state]);
    this.was = state;
    if (state !== "ended") return;
    const way = this.root.dataset.signIn;
    this.told("You have to come in again.", way && el("a", { href: way }, "Come in again"));
  }

  /** Whoever may not see the meeting any more has nothing of it left: not on the screen, nor to be read aloud. */
  empty() {
    this.clear();
    this.panel.element.remove();
    this.follow.hide();
    for (const each of [this.who, this.step, document.getElementById("live")]) each.replaceChildren();
  }

  clear() {
    this.deck.clear();
    this.chat.clear();
    this.board = null;
    this.begun = undefined;
    this.boardPlace.replaceChildren();
  }

  told(words, ...more) {
    this.banner.replaceChildren(words, ...more.filter(Boolean).flatMap((each) => [" ", each]));
    this.banner.hidden = !words;
  }

  take(change, begun) {
    if (begun) this.clear();
    this.heads(change);
    this.deck.take(change.messages, change.gone, this.first || begun);
    this.chat.take(change.messages, change.gone, (id) => this.deck.items.has(id));
    for (const message of change.messages) if (message.board && message.card) this.showBoard(message);
    this.placeBoard(change.panel);
    this.panel.show(change.panel, Boolean(this.board) && this.begun);
    const shown = JSON.stringify(change.panel);
    if (this.shown && this.shown !== shown) this.deck.freshen();
    this.shown = shown;
    if (this.first) this.root.dataset.ready = "yes";
    this.first = false;
    this.root.dispatchEvent(new CustomEvent("change", { detail: change }));
  }

  heads(change) {
    const panel = change.panel;
    this.title.textContent = change.title;
    document.title = `${change.title} · Chairside`;
    this.who.textContent = [change.who, change.role].filter(Boolean).join(" · ");
    const over = /^(Closed|Cancelled)/.test(panel?.status ?? "");
    this.step.textContent = panel?.number && !over ? `Step ${panel.number} of ${panel.count}: ${panel.step}` : (panel?.status ?? "");
    this.bar.style.inlineSize = panel?.count ? `${(100 * panel.number) / panel.count}%` : "0";
    if (this.was !== "ended") this.told(change.banner);
    this.root.dataset.phase = change.phase;
  }

  showBoard(message) {
    if (this.board?.id !== message.id) {
      this.board = new Item(message, { wire: this.wire, follow: this.follow, deck: this.deck, trimmed: (card) => (this.begun ? movesOnly(card) : beforeStart(card)) }, "div");
    }
    this.board.show(message);
  }

  /** Until the meeting starts the board is what one has; then its moves stand in the panel. */
  placeBoard(panel) {
    const begun = Boolean(panel?.number);
    if (!this.board || (begun === this.begun && this.board.element.isConnected)) return;
    const changed = begun !== this.begun;
    this.begun = begun;
    (begun ? this.boardPlace : this.deck.board).replaceChildren(this.board.element);
    if (changed) this.board.redraw(this.board.message.card);
    this.deck.arrange();
  }

  /** From a line of the chat to its card. */
  go(id) {
    const item = this.deck.items.get(id);
    if (!item) return;
    this.part("mine");
    this.deck.earlier.open ||= this.deck.past.contains(item.element);
    item.element.open = true;
    item.element.scrollIntoView({ block: "start" });
    item.element.querySelector("summary").focus({ preventScroll: true });
  }
}

const page = new Page(document.getElementById("page"));
window.chairside = { page };
page.start();
