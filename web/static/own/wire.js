/* The line to the back end: state, events with resume, presses that survive a lost answer. */

import { tellTabs, whenTold } from "./tabs.js";

const HEADERS = { "Content-Type": "application/json", "X-Chairside": "page" };
const PAUSES = [500, 1000, 2000, 4000, 8000];
const TRIES = 4;
const HIDDEN_MS = 5000; // how long a page that nobody sees keeps its stream: a browser has few to one place
const POLL_MS = 10000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Wire {
  /** `told(change)` gets every change, `line(state)` is "open", "lost" or "ended". */
  constructor(base, told, line) {
    this.base = base;
    this.told = told;
    this.line = line;
    this.epoch = "";
    this.mark = 0;
    this.failures = 0;
    document.addEventListener("visibilitychange", () => this.seen());
    addEventListener("offline", () => this.cut());
    addEventListener("online", () => this.again(0));
    whenTold(() => this.state !== "ended" && this.catchUp().catch(() => null));
  }

  /** A page in the background asks now and then; once it is seen it is told at once. */
  seen() {
    clearTimeout(this.away);
    if (!document.hidden) this.source?.readyState === EventSource.CLOSED && this.again(0);
    else this.away = setTimeout(() => this.poll(), HIDDEN_MS);
  }

  /** The machine itself says that it is off the network: no need to wait until the stream finds out. */
  cut() {
    this.source?.close();
    this.line("lost");
  }

  poll() {
    this.source?.close();
    this.away = setTimeout(async () => {
      await this.catchUp().catch(() => null);
      if (document.hidden && this.state !== "ended") this.poll();
    }, POLL_MS);
  }

  catchUp() {
    return this.fetched(`${this.base}/state?after=${this.mark}`).then((change) => this.changed(change));
  }

  async start() {
    try {
      this.take(await this.fetched(`${this.base}/state`));
    } catch (error) {
      if (error.ended) return;
      this.again();
      return;
    }
    this.listen();
  }

  /** Changes arrive by the stream and with answers, in any order: what is older than what stands here is nothing new. */
  take(change) {
    const begun = this.epoch && change.epoch !== this.epoch;
    if (!begun && change.epoch === this.epoch && change.mark < this.mark) return;
    this.epoch = change.epoch;
    this.mark = change.mark;
    this.told(change, begun);
  }

  listen() {
    this.source?.close();
    const source = new EventSource(`${this.base}/events?after=${encodeURIComponent(`${this.epoch}:${this.mark}`)}`);
    this.source = source;
    source.onopen = () => {
      this.failures = 0;
      this.line("open");
    };
    source.addEventListener("change", (event) => this.take(JSON.parse(event.data)));
    source.addEventListener("mark", (event) => (this.mark = Math.max(this.mark, Number(event.data))));
    source.addEventListener("end", () => this.end());
    source.onerror = () => {
      source.close();
      this.again();
    };
  }

  async again(wait = PAUSES[Math.min(this.failures++, PAUSES.length - 1)]) {
    if (wait) this.line("lost");
    await pause(wait);
    if (document.hidden || !navigator.onLine || this.state === "ended") return;
    try {
      await this.catchUp();
    } catch (error) {
      if (!error.ended) this.again();
      return;
    }
    this.listen();
  }

  end() {
    if (this.state === "ended") return;
    this.state = "ended";
    this.source?.close();
    this.line("ended");
    tellTabs();
  }

  press(body) {
    return this.post("press", body);
  }

  refresh(message) {
    return this.post("refresh", { message });
  }

  say(text) {
    return this.post("say", { text });
  }

  /** A lost answer is asked for again: the form's nonce makes the repeat harmless. */
  async post(what, body) {
    for (let n = 0; ; n++) {
      try {
        const sent = JSON.stringify({ ...body, after: String(this.mark) });
        const answer = await this.fetched(`${this.base}/${what}`, { method: "POST", headers: HEADERS, body: sent });
        if (answer.change) await this.changed(answer.change);
        return answer;
      } catch (error) {
        if (error.ended || error.refused || n + 1 >= TRIES) throw error;
        this.line("lost");
        await pause(PAUSES[n]);
      }
    }
  }

  async changed(change) {
    if (this.epoch && change.epoch !== this.epoch) this.take(await this.fetched(`${this.base}/state`));
    else this.take(change);
  }

  async fetched(address, options = {}) {
    const response = await fetch(address, { cache: "no-store", credentials: "same-origin", ...options });
    if (response.ok) return response.json();
    const error = new Error(String(response.status));
    if (response.status === 401 || response.status === 404) {
      error.ended = true;
      this.end();
    }
    if (response.status === 400 || response.status === 403 || response.status === 413) error.refused = true;
    throw error;
  }
}
