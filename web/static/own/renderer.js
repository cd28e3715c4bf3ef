/* Draws a card with Microsoft's renderer, so that it can be read, filled in and pressed by everybody. */

import { el } from "./dom.js";

const colour = (name) => ({ default: `var(--${name})`, subtle: `var(--${name === "text" ? "subtle" : name})` });
const foregroundColors = {
  default: colour("text"), dark: colour("text"), light: colour("subtle"), accent: colour("accent"),
  good: colour("good"), warning: colour("warning"), attention: colour("attention"),
};
const box = (name) => ({ backgroundColor: `var(--box-${name})`, foregroundColors });

/* Sizes near to those of Teams; every colour is the page's own, so that a change of looks needs no new drawing. */
const HOST = {
  fontFamily: "inherit",
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  supportsInteractivity: true,
  textBlock: { headingLevel: 3 },
  actions: {
    maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal",
    actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 12 },
  },
  inputs: {
    label: { inputSpacing: "small", requiredInputs: { suffix: " *", suffixColor: "attention" } },
    errorMessage: { color: "attention", spacing: "small" },
  },
  containerStyles: {
    default: box("default"), emphasis: box("emphasis"), good: box("good"),
    attention: box("attention"), warning: box("warning"), accent: box("accent"),
  },
};

const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/* Only words of this house reach a TextBlock; a little Markdown is read, and nothing else becomes HTML. */
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const safe = escaped(text.replace(/<\/?at>/g, "\u0001"));
  result.outputHtml = safe
    .replace(/\u0001([^\u0001]*)\u0001/g, '<strong class="mention">$1</strong>')
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, "<strong>$1</strong>")
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, "$1");
  result.didProcess = true;
};

let drawn = 0;

/** The card with ids of its own on this page; what an input is called is kept in `names`. */
const named = (node, prefix, names) => {
  if (Array.isArray(node)) return node.map((each) => named(each, prefix, names));
  if (node === null || typeof node !== "object") return node;
  const made = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "data") made[key] = value;
    else if (key === "id" && typeof value === "string") {
      made[key] = prefix + value;
      names.set(prefix + value, value);
    } else if (key === "targetElements") made[key] = value.map((each) => target(each, prefix));
    else made[key] = named(value, prefix, names);
  }
  return made;
};

const target = (each, prefix) =>
  typeof each === "string" ? prefix + each : { ...each, elementId: prefix + each.elementId };

/** What was typed and not sent stands in the inputs again. */
const filled = (node, drafts) => {
  if (Array.isArray(node)) return node.map((each) => filled(each, drafts));
  if (node === null || typeof node !== "object") return node;
  const made = Object.fromEntries(Object.entries(node).map(([key, each]) => [key, filled(each, drafts)]));
  if (String(made.type).startsWith("Input.") && drafts.has(node.id)) made.value = drafts.get(node.id);
  return made;
};

/**
 * Draws `card`; returns the element, or null for a card that cannot be drawn. `drafts` (input id -> text) is read and
 * kept up to date; `pressed({verb, title, data, free})` is called for each button that asks the bot, and `full(label,
 * most)` when an input takes no more characters (label "" once it does again).
 */
export const draw = (card, { drafts, pressed, full }) => {
  const prefix = `c${++drawn}-`;
  const names = new Map();
  const made = new AdaptiveCards.AdaptiveCard();
  made.hostConfig = new AdaptiveCards.HostConfig(HOST);
  const { refresh: _, ...plain } = card;
  made.parse(named(filled(plain, drafts), prefix, names));
  made.onInputValueChanged = (input) => {
    drafts.set(names.get(input.id), input.value ?? "");
    const most = input.renderedInputControlElement?.maxLength ?? 0;
    full?.(most > 0 && String(input.value ?? "").length >= most ? input.label : "", most);
  };
  made.onExecuteAction = (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) window.open(action.url, "_blank", "noopener,noreferrer");
    if (!(action instanceof AdaptiveCards.ExecuteAction)) return;
    const free = action.associatedInputs === "none";
    pressed({ verb: action.verb, title: action.title ?? "", data: unprefixed(action.data, names), free });
  };
  const element = made.render();
  if (element) mended(element, made);
  return element ?? null;
};

const unprefixed = (data, names) =>
  Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [names.get(key) ?? key, value]));

/** What the renderer leaves undone for people who listen, or who use the keyboard. */
const mended = (root, made) => {
  root.removeAttribute("tabindex");
  for (const group of root.querySelectorAll(".ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect")) {
    const inputs = [...group.querySelectorAll("input")];
    const label = root.querySelector(`label[for="${CSS.escape(group.id)}"]`);
    group.setAttribute("role", inputs.some((each) => each.type === "radio") ? "radiogroup" : "group");
    if (label) {
      group.setAttribute("aria-labelledby", label.id);
      label.removeAttribute("for");
    }
    if (group.classList.contains("ac-input-required") && group.getAttribute("role") === "radiogroup")
      group.setAttribute("aria-required", "true");
    for (const input of inputs) {
      input.removeAttribute("aria-required");
      input.removeAttribute("aria-label");
      input.removeAttribute("aria-labelledby");
    }
  }
  for (const input of made.getAllInputs()) errorAt(root, input);
  linked(root);
};

/** An address that stands alone after its label, as the link to join by does, can be followed. */
const linked = (root) => {
  for (const run of root.querySelectorAll(".ac-richTextBlock span")) {
    const words = run.textContent.trim();
    if (run.childElementCount || !/^https:\/\/[^\s"<>]+$/.test(words)) continue;
    run.replaceChildren(el("a", { href: words, rel: "noopener noreferrer", target: "_blank" }, words));
  }
};

/** An answer that was sent back: the line above the input says what is wrong with it, and is read out with it. */
const errorAt = (root, input) => {
  const line = before(input);
  if (!line || !input.label || !line.text.startsWith(`${input.label}: `)) return;
  const control = input.renderedInputControlElement;
  if (!control || !line.element) return;
  line.element.id ||= `e-${input.id}`;
  line.element.classList.add("field-error");
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", line.element.id);
};

const before = (input) => {
  const parent = input.parent;
  if (!parent || typeof parent.indexOf !== "function") return null;
  const place = parent.indexOf(input);
  const item = place > 0 ? parent.getItemAt(place - 1) : null;
  if (!(item instanceof AdaptiveCards.RichTextBlock)) return null;
  return { text: item.renderedElement?.textContent ?? "", element: item.renderedElement };
};
