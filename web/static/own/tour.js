/* A short tour for whoever chairs for the first time, and what a partner sees before, during and after. */

import { el } from "./dom.js";

const STOPS = [
  ["This is a rehearsal", "Every person, place and event is invented. Behind this page runs the same service that sits in Teams; it shows the same cards and keeps the same rules. You hold the seat that is chosen above, and the script plays everybody else."],
  ["My part", "What is asked of you stands in the middle, the newest on top. Press what stands out, in blue. Whatever somebody says aloud can be written up later: nobody has to type while they speak."],
  ["The panel", "On the right: the agenda, the quorum, who is waited for, what is due and what was agreed. Under “Moves and forms” you go on, go back, hold the meeting, raise an urgent action or ask a question at any time."],
  ["The chat", "On the left stands what everybody in the meeting's chat can read: steps, turns, numbers. Never a child's name, and never what was said. What the bot wrote to you alone says so."],
  ["What a partner sees before", "An invitation with the reference, the time and the link, and no word about the child. Choose another seat above to look through their eyes: until the chair lets them in, they see that they are at the door."],
  ["What a partner sees during", "At most eight cards: the statement, their introduction, the child's details to be sure it is the right meeting, their turn, questions to them, their view. Others' views stay hidden until the chair shows them."],
  ["What a partner sees after", "Their actions with the times that they are due, reminders, and, once they are authorised, the minutes. Once the meeting is closed, move the clock above and watch the inbox: the minutes are written up, authorised and sent, one agency challenges the decision, and a week later a further meeting is called. Whatever is for your own seat waits for you; “Script plays me” lets you watch."],
];

/** Opens the tour; it can be left at any time with Escape. */
export const tour = () => {
  sessionStorage.setItem("toured", "yes");
  let at = 0;
  const title = el("h2", { id: "tour-title", tabindex: "-1" });
  const words = el("p");
  const count = el("p", { class: "small" });
  const back = el("button", { type: "button", class: "button", onclick: () => go(at - 1) }, "Back");
  const next = el("button", { type: "button", class: "button main", onclick: () => (at + 1 < STOPS.length ? go(at + 1) : dialog.close()) });
  const leave = el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Leave the tour");
  const dialog = el("dialog", { class: "tour", "aria-labelledby": "tour-title" }, title, words, el("div", { class: "group" }, next, back, leave, count));
  const go = (n) => {
    at = n;
    [title.textContent, words.textContent] = STOPS[at];
    count.textContent = `${at + 1} of ${STOPS.length}`;
    back.hidden = at === 0;
    next.textContent = at + 1 < STOPS.length ? "Next" : "Begin";
    title.focus();
  };
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  go(0);
};
