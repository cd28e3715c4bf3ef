/* The chat as everybody in it can read it: lines without content, and what people said; what is for one alone says so. */

import { bare, clock, el } from "./dom.js";

export class Chat {
  constructor(go) {
    this.go = go;
    this.lines = new Map();
    this.list = el("ol", { class: "lines", tabindex: "0", "aria-label": "Messages, the oldest first" });
    this.element = el("section", { class: "chat", "aria-labelledby": "chat-title" }, el("h2", { id: "chat-title" }, "Chat"), this.list);
  }

  clear() {
    this.lines.clear();
    this.list.replaceChildren();
  }

  take(messages, gone, opens) {
    const end = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    for (const id of gone) {
      this.lines.get(id)?.remove();
      this.lines.delete(id);
    }
    for (const message of messages) if (!message.board) this.line(message, opens(message.id));
    if (end) this.list.scrollTop = this.list.scrollHeight;
  }

  line(message, opens) {
    const words = bare(message.line) + (message.private ? " (to you alone)" : "");
    const shown = opens
      ? el("button", { type: "button", class: "to", onclick: () => this.go(message.id) }, words)
      : el("span", {}, words);
    const bot = message.sender === "Chairside";
    const who = el("span", { class: bot ? "who away" : "who" }, `${message.sender}: `);
    const made = el("li", { class: bot ? "bot" : "person" }, el("time", { datetime: message.at }, clock(message.at)), who, shown);
    const known = this.lines.get(message.id);
    if (known) known.replaceWith(made);
    else this.list.append(made);
    this.lines.set(message.id, made);
  }
}
