/* The bar of the rehearsal room: seats, script, clock, inbox, papers. */

import { el, replaced, say } from "./dom.js";
import { tour } from "./tour.js";

const HEADERS = { "Content-Type": "application/json", "X-Chairside": "page" };
const root = document.getElementById("page");
const base = root.dataset.base;
const seat = base.split("/").pop();

const COPIES = [["html", "Read"], ["docx", "Word"], ["pdf", "PDF"], ["txt", "Plain text for the case system"]];
const FIGURES = [["html", "Read"], ["csv", "Table"]];

const option = (each) =>
  el("option", { value: each.id, selected: each.mine }, `${each.asked ? "● " : ""}${each.label} – ${each.name}`);

class Bar {
  constructor(place) {
    this.place = place;
    this.build();
    root.addEventListener("change", (event) => event.detail && this.soon());
    setInterval(() => document.hidden || this.load(), 4000);
    this.change({ do: "take" });
  }

  build() {
    const button = (title, act) => el("button", { type: "button", class: "button", onclick: act }, title);
    const to = (how, title) => button(title, () => this.change({ do: "clock", how }));
    this.seats = el("select", { id: "seat", onchange: () => this.sit(this.seats.value) });
    this.hand = button("Script plays me", () => this.hands());
    this.doing = el("span", { class: "doing" });
    this.play = button("Pause", () => this.change({ do: "play", playing: !this.state?.playing }));
    this.step = button("One move", () => this.change({ do: "step" }));
    this.pace = el("select", { "aria-label": "Pace", onchange: () => this.change({ do: "play", playing: this.state.playing, pace: this.pace.value }) });
    this.clock = el("span", { class: "clock" });
    this.due = el("p", { class: "small" });
    this.inbox = el("ol", { class: "letters" });
    this.count = el("span", { class: "count" });
    this.minutes = el("div", { class: "copies" });
    this.trouble = el("p", { class: "banner", role: "alert", hidden: true });
    this.toDue = to("due", "To the next message");
    this.toStart = to("start", "To the meeting");
    const fold = ([title, value], label, ...inside) => el("details", { class: "fold", name: "bar" }, el("summary", {}, title, value),
      el("div", { class: "folded", tabindex: "0", role: "group", "aria-label": label }, ...inside));
    this.small = matchMedia("(max-width: 760px)");
    this.whole = el("details", { class: "whole", open: !this.small.matches }, el("summary", {}, "Rehearsal: seat, script, clock, inbox"));
    this.small.addEventListener("change", () => (this.whole.open = !this.small.matches));
    this.place.append(el("section", { "aria-label": "Rehearsal" }, this.whole, this.trouble));
    this.whole.append(
      el("div", { class: "bar" },
        el("div", { class: "group" }, el("label", { for: "seat" }, "You are"), this.seats, this.hand),
        el("div", { class: "group", role: "group", "aria-label": "Script" }, this.doing, this.play, this.step, this.pace),
        el("div", { class: "group ends" },
          fold([el("span", { class: "away" }, "Clock: "), this.clock], "Move the clock", to("ten minutes", "+ 10 minutes"), to("hour", "+ 1 hour"), to("morning", "Next morning, 9:00"), to("week", "A week later"), this.toDue, this.toStart, this.due),
          fold(["Inbox ", this.count], "Messages to this person, the newest first", this.inbox),
          fold(["Papers", ""], "Minutes of each meeting, and the report", this.minutes, el("h3", {}, "Report without names"), papers("Report without names", "/report", FIGURES)),
          fold(["Case", ""], "This case and others", this.about = el("p", { class: "small" }), button("Start this case again", () => this.again()), el("a", { class: "button", href: "/cases" }, "Another case, or your own"), button("Tour", () => tour())))));
    addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  close() {
    const open = this.place.querySelector(".fold[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }

  soon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.load(), 250);
  }

  async load() {
    try {
      this.show(await this.asked());
    } catch {
      return;
    }
  }

  async asked(body) {
    const options = body ? { method: "POST", headers: HEADERS, body: JSON.stringify(body) } : {};
    const response = await fetch(`${base}/room`, { cache: "no-store", ...options });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  async change(body) {
    this.place.setAttribute("aria-busy", "true");
    if (body.do === "clock") this.doing.textContent = "Time passes …";
    try {
      this.show(await this.asked(body));
    } catch {
      say("The room did not answer. Try again.");
    } finally {
      this.place.removeAttribute("aria-busy");
    }
  }

  sit(id) {
    const keep = this.state?.seats.find((each) => each.mine)?.held;
    sessionStorage.setItem("leave", keep ? seat : "");
    location.assign(base.replace(/[^/]+$/, id) + "/");
  }

  hands() {
    const mine = this.state.seats.find((each) => each.mine);
    return this.change({ do: mine.held ? "leave" : "take" });
  }

  async again() {
    if (!confirm("Start this case again? What was recorded in this rehearsal goes.")) return;
    await this.change({ do: "again" });
  }

  arrived(inbox) {
    const newest = inbox[0] ? inbox[0].at + inbox[0].text : "";
    if (this.newest !== undefined && newest !== this.newest && newest) say(`New in your inbox, ${inbox[0].where}: ${inbox[0].text}`);
    this.newest = newest;
  }

  show(state) {
    this.state = state;
    if (document.activeElement !== this.seats) replaced(this.seats, ...state.seats.map(option));
    this.seats.value = seat;
    const mine = state.seats.find((each) => each.mine);
    this.hand.textContent = mine?.held ? "Script plays me" : "I play myself";
    this.play.textContent = state.playing ? "Pause" : "Play";
    this.doing.textContent = `Script ${state.doing}`;
    replaced(this.pace, ...state.paces.map((each) => el("option", { value: each, selected: each === state.pace }, `${each} pace`)));
    this.pace.value = state.pace;
    this.clock.textContent = state.clock;
    this.due.textContent = state.due ? `The next message waits until ${state.due}.` : "No message waits.";
    this.toDue.hidden = !state.due;
    this.toStart.hidden = !state.start;
    this.about.textContent = [state.case, state.procedure].join(" · ");
    this.count.textContent = `(${state.inbox.length})`;
    this.arrived(state.inbox);
    replaced(this.inbox, ...(state.inbox.length ? state.inbox.map(letter) : [el("li", {}, "Nothing yet.")]));
    replaced(this.minutes, ...(state.minutes.length ? state.minutes.flatMap(copies) : [el("p", {}, "Minutes begin with the meeting.")]));
    this.trouble.hidden = !state.trouble;
    this.trouble.textContent = state.trouble ? `The script is at a loss: ${state.trouble}. Take a seat and go on yourself.` : "";
  }
}

const letter = (each) =>
  el("li", { class: each.mentioned ? "mentioned" : null }, el("time", { datetime: each.at }, each.when), el("span", { class: "small" }, ` ${each.where}`),
    el("p", {}, each.open ? el("a", { href: each.open, target: "_blank", rel: "noopener" }, each.text) : each.text));

const papers = (title, address, formats) =>
  el("ul", { class: "letters" }, formats.map(([format, words]) =>
    el("li", {}, el("a", { href: `${address}.${format}`, target: "_blank", rel: "noopener", "aria-label": `${words}: ${title}` }, words))));

const copies = ({ title, address }) => [el("h3", {}, title), papers(title, address, COPIES)];

const bar = new Bar(document.getElementById("bar"));
const left = sessionStorage.getItem("leave");
if (left && left !== seat) bar.change({ do: "take", leave: left });
sessionStorage.removeItem("leave");
if (!sessionStorage.getItem("toured")) tour();
