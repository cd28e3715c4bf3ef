/* Draws one card with Microsoft's renderer, in colours and sizes near to those of Teams. */
(() => {
  const tones = {
    light: {
      page: "#f5f5f5", card: "#ffffff", text: "#242424", subtle: "#616161", line: "#d1d1d1", field: "#ffffff",
      accent: "#5b5fc7", good: "#237b4b", warning: "#835c00", attention: "#c4314b", button: "#ffffff",
      boxes: { emphasis: "#f0f0f0", good: "#e7f2da", warning: "#fbf6d9", attention: "#fcf4f6", accent: "#e8ebfa" },
    },
    dark: {
      page: "#141414", card: "#292929", text: "#ffffff", subtle: "#adadad", line: "#666666", field: "#1f1f1f",
      accent: "#a6a7dc", good: "#92c353", warning: "#f8d22a", attention: "#f9526b", button: "#292929",
      boxes: { emphasis: "#1f1f1f", good: "#1f2b12", warning: "#3a2f07", attention: "#3b1219", accent: "#2f2f4a" },
    },
  };

  const config = (t) => {
    const tone = (colour) => ({ default: colour, subtle: colour });
    const foregroundColors = {
      default: { default: t.text, subtle: t.subtle }, accent: tone(t.accent), good: tone(t.good),
      warning: tone(t.warning), attention: tone(t.attention), light: tone(t.subtle), dark: tone(t.text),
    };
    const style = (backgroundColor) => ({ backgroundColor, foregroundColors });
    const boxes = Object.entries(t.boxes).map(([name, colour]) => [name, style(colour)]);
    return {
      fontFamily: "'Segoe UI', 'Open Sans', 'DejaVu Sans Condensed', sans-serif",
      fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
      spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
      separator: { lineThickness: 1, lineColor: t.line },
      supportsInteractivity: true,
      actions: {
        maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal",
        actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 12 },
      },
      inputs: {
        label: { inputSpacing: "small", requiredInputs: { suffix: " *", suffixColor: "attention" } },
        errorMessage: { color: "attention", spacing: "small" },
      },
      containerStyles: { default: style(t.card), ...Object.fromEntries(boxes) },
    };
  };

  const sheet = (t) => `
    html, body { margin: 0; background: ${t.page}; }
    #card { box-sizing: border-box; padding: 8px; }
    #card > .ac-adaptiveCard { border-radius: 8px; box-shadow: 0 0 2px ${t.line}; }
    .ac-pushButton { font: 600 14px 'Segoe UI', 'Open Sans', 'DejaVu Sans Condensed', sans-serif; color: ${t.text}; background: ${t.button};
      border: 1px solid ${t.line}; border-radius: 4px; padding: 5px 12px; white-space: normal; text-align: center; }
    .ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #ffffff; }
    .ac-pushButton.style-destructive { color: ${t.attention}; background: ${t.button}; border-color: ${t.attention}; }
    .ac-actionSet { gap: 8px; flex-wrap: wrap !important; }
    .ac-actionSet > div:empty { display: none; }
    .ac-input { font: 14px 'Segoe UI', 'Open Sans', 'DejaVu Sans Condensed', sans-serif; color: ${t.text}; box-sizing: border-box; }
    .ac-textInput, .ac-dateInput, .ac-timeInput, .ac-numberInput, .ac-multichoiceInput {
      background: ${t.field}; border: 1px solid ${t.line}; border-radius: 4px; padding: 6px 8px;
      color-scheme: ${t.card === "#ffffff" ? "light" : "dark"}; }
    .ac-textInput.ac-multiline { height: 72px; resize: none; }
    .ac-choiceSetInput-expanded, .ac-toggleInput { border: 0; }
  `;

  const mentions = (node) => {
    if (Array.isArray(node)) return node.map(mentions);
    if (node === null || typeof node !== "object") return node;
    const made = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mentions(value)]));
    if (made.type === "TextBlock") made.text = made.text.replace(/<at>(.*?)<\/at>/g, "**$1**");
    return made;
  };

  /* Words that do not fit: a telephone shows them cut, or over what stands beside them. */
  const cut = (root, width) => {
    const found = [];
    for (const element of root.querySelectorAll(":not(input):not(select):not(textarea):not(option)")) {
      const over = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      const out = element.getBoundingClientRect().right > width + 1;
      if (element.textContent.trim() && !element.querySelector("div, p") && (over || out))
        found.push(`cut: ${element.textContent.trim()}`);
    }
    return [...new Set(found)];
  };

  window.drawCard = (card, tone, width) => {
    const t = tones[tone];
    document.head.querySelector("#tone").textContent = sheet(t);
    const place = document.body;
    place.innerHTML = '<div id="card"></div>';
    place.firstChild.style.width = `${width}px`;
    const made = new AdaptiveCards.AdaptiveCard();
    made.hostConfig = new AdaptiveCards.HostConfig(config(t));
    const reading = new AdaptiveCards.SerializationContext();
    made.parse(mentions(card), reading);
    const events = [];
    for (let i = 0; i < reading.eventCount; i++) events.push(reading.getEventAt(i).message);
    const drawn = made.render();
    if (!drawn) return { height: 1, faults: ["the renderer drew nothing", ...events], cut: [] };
    place.firstChild.appendChild(drawn);
    return { height: Math.ceil(place.firstChild.getBoundingClientRect().height), faults: events, cut: cut(drawn, width) };
  };

  document.head.innerHTML = '<style id="renderer"></style><style id="tone"></style>';
})();
