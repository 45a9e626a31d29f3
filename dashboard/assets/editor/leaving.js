// What must not happen while words of this window are not stored: a press that goes on without them, and leaving.

import { drafts, sendAll, settle, unsaved, whenTold } from "./drafts.js";

const SIGN_IN = "/auth/sign-in";
const WAITS = '[class*="st-key-waits_for_words"]';
const PRESSES = ["pointerdown", "pointerup", "mousedown", "mouseup", "click"];

// ---- buttons that wait: the press is held back, the words are sent, then it is made

function held(event) {
  const inside = event.composedPath().find((each) => each instanceof Element && each.matches?.(WAITS));
  const button = event.composedPath().find((each) => each instanceof HTMLElement && each.matches?.("button, summary"));
  return inside && button && unsaved().length ? button : null;
}

function holdBack(event) {
  const button = held(event);
  if (!button) return;
  const isKey = event.type.startsWith("key");
  if (isKey && event.key !== "Enter" && event.key !== " ") return;
  event.stopImmediatePropagation();
  if (event.type === "click" || isKey) event.preventDefault();
  if (event.type === "click" || event.type === "keydown") settle().then((done) => done && button.click());
}

for (const kind of [...PRESSES, "keydown", "keyup"]) document.addEventListener(kind, holdBack, { capture: true });

// ---- leaving

addEventListener("pagehide", () => sendAll({ last: true }));
addEventListener("online", () => sendAll());
document.addEventListener("visibilitychange", () => { if (document.hidden) sendAll({ last: true }); });

// Words that cannot be stored now would be gone with the page: the browser asks before it goes.
addEventListener("beforeunload", (event) => {
  if (unsaved().some((draft) => draft.state !== "saved" && draft.state !== "still")) event.preventDefault();
});

// A form that signs out waits for what can be stored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!new URL(form.action, location.href).pathname.startsWith("/auth/") || !unsaved().length) return;
  event.preventDefault();
  settle().then(() => form.submit());
}, { capture: true });

// ---- signed out with words that are not stored: the window's guard (dashboard/assets/guard.js) covers the screen
// and signs in again in this window; what it asks and tells comes as events

let out = false;

document.addEventListener("secure-base:leaving", (event) => { if (unsaved().length) event.preventDefault(); });

document.addEventListener("secure-base:signed-in", (event) => event.detail.wait(storeAfterSignIn()));

async function storeAfterSignIn() {
  await settle();
  // The screen is about to be drawn anew, and nobody can be asked: where another window was quicker, both texts stay.
  for (const draft of drafts()) if (draft.state === "clash") draft.choose("both");
  await settle();
}

whenTold(() => {
  const refused = unsaved().some((draft) => draft.state === "out");
  if (refused && !out && globalThis.navigation) location.assign(SIGN_IN); // the guard stops it, and covers the screen
  if (out && !unsaved().length) location.reload(); // signed in again elsewhere: everything is stored
  out = refused || (out && unsaved().length > 0);
});
