// The words that are being typed in this window, and their way to the server.
//
// Every box has a Draft, which lives in this window's memory and nowhere else: a screen that Streamlit draws anew
// finds its text, caret and place here. What is not stored yet is sent at least every 3 seconds while somebody
// types, when a box is left, when the window is hidden and when the page goes; and again until it is stored.

const ADDRESS = "/api/draft";
const SEND_EVERY = 3000;
const NO_ANSWER_AFTER = 8000;
const AGAIN_AFTER = [1000, 2000, 4000, 5000];
const LAST_WORDS_BYTES = 60_000; // browsers let 64 KiB outlive a page
const STUCK = new Set(["clash", "signed", "moved", "gone", "other"]);

const WINDOW = crypto.randomUUID();
const KEPT = new Map();
const listeners = new Set();
let sent = 0;

export class Draft {
  constructor({ note, section, writer, label, text, revision, longest }) {
    Object.assign(this, { note, section, writer, label, text, longest, stored: text, base: revision });
    this.state = "still"; // still, saved, later, out, refused, or one of STUCK
    this.words = ""; // the server's own sentence for what it refused
    this.at = "";
    this.theirs = null;
    this.place = { start: 0, end: 0, scroll: 0, focused: false };
    this.views = new Set();
    this.tries = 0;
    this.sentAt = -Infinity;
    this.inFlight = 0;
    this.heard = 0;
    this.timer = 0;
  }

  get unsaved() { return this.text !== this.stored; }
  get stuck() { return STUCK.has(this.state); }

  // What the script hands over on each run: taken when this window has nothing newer and nobody is at the box.
  take({ text, revision, label }) {
    this.label = label;
    if (revision <= this.base || this.unsaved || this.inFlight || this.place.focused) return;
    Object.assign(this, { text, stored: text, base: revision, state: "still" });
    this.tell();
  }

  edit(text) {
    this.text = text;
    if (this.state === "refused") this.state = "still";
    this.plan();
  }

  plan() {
    if (this.timer || this.inFlight || this.stuck || !this.unsaved) return;
    this.wait(Math.max(0, this.sentAt + SEND_EVERY - Date.now()));
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.timer = 0; this.send(); }, milliseconds);
  }

  // One request at a time; only the last words of a page do not wait for the one before.
  async send({ last = false } = {}) {
    if (!this.unsaved || this.stuck || (this.inFlight && !last)) return;
    clearTimeout(this.timer);
    this.timer = 0;
    const text = this.text;
    const number = (this.inFlight = ++sent);
    this.sentAt = Date.now();
    let status = 0;
    let said = {};
    try {
      const answer = await fetch(ADDRESS, this.message(text, number, last));
      status = answer.status;
      said = await answer.json();
    } catch {
      status = status === 401 ? 401 : 0; // no answer, or none of ours: to be sent again
    }
    if (this.inFlight === number) this.inFlight = 0;
    if (number < this.heard) return; // overtaken by a later one
    this.heard = number;
    this.hear(status, said, text);
  }

  message(text, number, last) {
    const { note, section, writer, base } = this;
    const body = JSON.stringify({ note, section, writer, base, text, editor: WINDOW, n: number });
    return {
      method: "POST",
      headers: { "content-type": "application/json", "x-app": "1" },
      body,
      cache: "no-store",
      keepalive: last && new TextEncoder().encode(body).length < LAST_WORDS_BYTES,
      signal: last ? undefined : AbortSignal.timeout(NO_ANSWER_AFTER),
    };
  }

  hear(status, said, text) {
    if (status === 200) this.heardSaved(said, text);
    else if (status === 409 && said.state === "changed") this.heardClash(said);
    else if (STUCK.has(said.state)) this.state = said.state;
    else if (said.state === "refused") Object.assign(this, { state: "refused", words: said.words });
    else {
      this.state = status === 401 ? "out" : "later";
      this.wait(AGAIN_AFTER[Math.min(this.tries++, AGAIN_AFTER.length - 1)]);
    }
    this.tell();
  }

  heardSaved({ text: kept, revision, at, left_out: leftOut }, text) {
    this.tries = 0;
    Object.assign(this, { state: "saved", stored: text, base: revision, at });
    this.words = leftOut ? "A character that cannot be stored was left out." : "";
    if (leftOut && this.text === text) this.text = this.stored = kept;
    else if (leftOut) this.stored = kept;
    this.plan();
  }

  heardClash(theirs) {
    if (theirs.text === this.text) {
      Object.assign(this, { state: "saved", stored: theirs.text, base: theirs.revision, at: theirs.at });
    } else Object.assign(this, { state: "clash", theirs });
  }

  // After a clash: "mine", "theirs" or "both", the other text first.
  choose(which) {
    const { text, revision } = this.theirs;
    if (which === "theirs") this.text = text;
    if (which === "both") this.text = [text, this.text].filter(Boolean).join("\n\n");
    Object.assign(this, { stored: text, base: revision, theirs: null, state: "still", sentAt: -Infinity });
    this.plan();
    this.tell();
  }

  tell() {
    for (const view of this.views) view(this);
    for (const listen of listeners) listen();
  }
}

// The draft of a box: the one this window has, else a new one from what the script handed over.
export function draftOf(data) {
  const name = `${data.writer}/${data.note}/${data.section}`;
  const kept = KEPT.get(name);
  if (kept) kept.take(data);
  else KEPT.set(name, new Draft(data));
  return KEPT.get(name);
}

// Called when a box left the screen: its words are forgotten here once they are stored and no box took them up.
export function letGo(draft) {
  draft.send();
  setTimeout(() => {
    if (draft.views.size) return;
    if (draft.unsaved) return letGo(draft);
    for (const [name, kept] of KEPT) if (kept === draft) KEPT.delete(name);
  }, SEND_EVERY);
}

export function drafts() { return [...KEPT.values()]; }
export function unsaved() { return drafts().filter((draft) => draft.unsaved); }
export function whenTold(listen) { listeners.add(listen); }
export function sendAll(how) { for (const draft of drafts()) draft.send(how); }

// True once everything in this window is stored; false when something cannot be, or not within `limit`.
export async function settle(limit = 5000) {
  const ends = Date.now() + limit;
  sendAll();
  while (unsaved().length) {
    if (Date.now() > ends || unsaved().every((draft) => !draft.inFlight && !draft.timer)) return false;
    await new Promise((then) => setTimeout(then, 40));
    for (const draft of unsaved()) if (draft.state === "saved" || draft.state === "still") draft.send();
  }
  return true;
}
