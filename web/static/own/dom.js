/* Making elements. Words go in as text, never as HTML. */

export const el = (name, attributes = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== false));
  return made;
};

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

export const clock = (at) => CLOCK.format(new Date(at));

/** Says something to people who listen; the same words twice are said twice. */
export const say = (words) => {
  const live = document.getElementById("live");
  if (!live || !words) return;
  live.append(el("p", {}, words));
  while (live.childElementCount > 6) live.firstChild.remove();
};

/** Shows elements only where they differ from what stands there, so that nothing flickers or loses its place. */
export const replaced = (place, ...made) => {
  const next = el("div", {}, ...made);
  if (place.innerHTML !== next.innerHTML) place.replaceChildren(...next.childNodes);
};

/** A line of the chat as a heading: without the reference, which stands above, and with a capital letter. */
export const bare = (line) => line.replace(/^[\w]+-[\w-]+: /, "").replace(/^./u, (first) => first.toUpperCase());
