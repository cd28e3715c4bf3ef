/* The panel: where the meeting is, who is here and waited for, what is due, owed and agreed. */

import { el, replaced } from "./dom.js";

const STATES = { done: "done", here: "now", ahead: "to come", skipped: "skipped" };
const SHOWN = /^(You are|Quorum|Speaking|Order|Waiting for|To write up|Actions still asked for|Actions so far|At the door): $/;

const runs = (item) => (item.type === "RichTextBlock" ? item.inlines : []);
const isAgenda = (item) =>
  item.type === "Container" && (item.items ?? []).length > 1 && item.items.every((each) => /^[✓▶·–] /.test(runs(each)[0]?.text ?? ""));

/** The chair's own card without what the panel beside it shows already; its moves, forms and warnings stay. */
export const movesOnly = (card) => {
  const fact = (item) => SHOWN.test(runs(item)[0]?.text ?? "");
  const place = (item, n) => n < 2 && (item.style === "heading" || / · /.test(runs(item)[0]?.text ?? ""));
  const body = (card.body ?? []).filter((item, n) => !fact(item) && !isAgenda(item) && !place(item, n));
  return { ...card, body };
};

/** The same before the meeting: everything but the agenda, which the panel shows. */
export const beforeStart = (card) => ({ ...card, body: (card.body ?? []).filter((item) => !isAgenda(item)) });

/** Whether a card is the panel once more, on another message. */
export const isPanel = (card) => (card.body ?? []).some(isAgenda);

export class Panel {
  constructor(board) {
    this.board = board;
    this.facts = el("div");
    this.agenda = el("div");
    this.rest = el("div");
    this.moves = el("div", { class: "moves", hidden: true }, el("h3", {}, "Moves and forms"), board);
    this.element = el("section", { class: "panel", "aria-labelledby": "panel-title" });
    this.element.append(el("h2", { id: "panel-title" }, "Panel"), this.facts, this.moves, this.agenda, this.rest);
  }

  show(panel, moves) {
    this.moves.hidden = !moves;
    if (!panel) return;
    replaced(this.facts, facts(panel));
    replaced(this.agenda, panel.agenda.length ? agenda(panel) : null);
    replaced(this.rest, lists(panel));
  }
}

const facts = (panel) => {
  const quorum = el("dd", { class: panel.quorate ? "good" : "lacking" }, panel.quorum);
  const rows = [
    ["Meeting", el("dd", {}, panel.status)],
    ["Quorum", quorum],
    panel.speaking && ["Speaking", el("dd", {}, panel.speaking)],
    panel.at_door && ["At the door", el("dd", { class: "lacking" }, String(panel.at_door))],
    panel.waited_for.length && ["Waiting for", el("dd", {}, el("ul", { class: "chips" }, panel.waited_for.map((who) => el("li", {}, who))))],
  ];
  return [
    el("dl", { class: "facts" }, rows.filter(Boolean).map(([label, value]) => el("div", {}, el("dt", {}, label), value))),
    panel.warnings.length && el("ul", { class: "warnings" }, panel.warnings.map((each) => el("li", {}, each))),
  ].filter(Boolean);
};

const agenda = (panel) => [
  el("h3", {}, "Agenda"),
  el("ol", { class: "agenda" }, panel.agenda.map(([label, state]) =>
    el("li", { class: state, "aria-current": state === "here" ? "step" : null }, el("span", {}, label), el("span", { class: "said" }, STATES[state] ?? state)))),
];

const lists = (panel) => [
  panel.actions.length && [el("h3", {}, `Actions (${panel.actions.length})`), el("ol", { class: "actions" }, panel.actions.map(action))],
  panel.demanded.length && [el("h3", {}, "Actions still asked for"), el("ul", { class: "debts" }, panel.demanded.map((each) => el("li", {}, each)))],
  panel.deadlines.length && [el("h3", {}, "Deadlines"), el("dl", { class: "facts" }, panel.deadlines.map((each) => el("div", {}, el("dt", {}, each.what), el("dd", {}, `by ${each.due}`))))],
  panel.debts.length && [el("h3", {}, `To write up (${panel.debts.length})`), el("ul", { class: "debts" }, panel.debts.map((each) => el("li", {}, each)))],
].flat(2).filter(Boolean);

const action = (each) =>
  el("li", { value: String(each.number) }, el("span", { class: "what" }, each.what), el("span", { class: "small" }, `${each.owner} · by ${each.due} · ${each.state}`));
