// The guard of an open window: tells the server that a person is at it, locks the screen, hides names at once.
//
// The server alone decides. `POST /api/activity` is sent for the person's own input and never for a timer; it,
// `GET /api/activity` (asked once, and not counted as input), `POST /api/lock` and `POST /api/unlock` answer
// {"left_seconds": n, "locked": bool}, a refused unlock {"problem": sentence}; 401 means signed out.
// An editor with words that are not stored yet calls preventDefault() on the document's event `secure-base:leaving`:
// then signing in again happens in this window, and `secure-base:signed-in` lets it store them: detail.wait(promise).

import { drawLock, drawSignedOut, isDrawn, isSignedOut, scheme, undraw } from "./guard_dialog.js";
import { giveBackForms, keepForms } from "./guard_forms.js";

const SIGN_IN = "/auth/sign-in";
const REPORT_EVERY = 30_000;
const REPORT_EVERY_AT_THE_END = 5_000;
const WARN_BEFORE = 60_000;
const RETRY_AFTER = 3_000;
const WAIT_FOR_WORDS = 10_000;
const OWN_INPUT = ["keydown", "pointerdown", "wheel", "touchstart"];
const BY_ITSELF = "The screen locks in less than a minute. A key or a touch keeps it open.";
const AT_THE_LIMIT = "This sign-in ends in less than a minute, after its longest time. Save what you are writing.";

const windows = new BroadcastChannel("secure-base"); // the other windows of this browser

let ends = Infinity; // when it locks by itself, by this window's clock; known from the last answer
let reported = -Infinity;
let going = false;

// ---- asking the server

async function ask(address, method, content) {
  const answer = await fetch(address, {
    method,
    headers: { "content-type": "application/json", "x-app": "1" },
    body: method === "POST" ? JSON.stringify(content ?? {}) : undefined,
    cache: "no-store",
  });
  if (answer.status === 401) leave();
  if (answer.status === 423) return { ok: true, locked: true };
  const said = await answer.json().catch(() => ({}));
  return { ...said, ok: answer.ok, signedOut: answer.status === 401 };
}

// An answer may be older than a lock of this window, so only `open` ever takes the sheet away.
function heed({ left_seconds: left, locked }) {
  if (locked === true) {
    keepForms();
    drawLock(unlock);
  } else if (typeof left === "number") ends = Date.now() + left * 1000;
  look();
}

function open(said) {
  if (!isSignedOut()) undraw();
  heed(said);
  drawAgain();
}

// ---- the person's own input

async function report(event) {
  const now = Date.now();
  const every = ends - now <= WARN_BEFORE ? REPORT_EVERY_AT_THE_END : REPORT_EVERY;
  if (!event.isTrusted || isDrawn() || now - reported < every) return;
  reported = now;
  try {
    const said = await ask("/api/activity", "POST");
    if (!said.ok) return;
    heed(said);
    windows.postMessage({ heed: said });
  } catch {
    // The server does not answer. The clock here runs on, and the next input asks again.
  }
}
for (const kind of OWN_INPUT) addEventListener(kind, report, { capture: true, passive: true });

// ---- locking and opening

async function lock() {
  keepForms();
  drawLock(unlock);
  windows.postMessage({ heed: { locked: true } });
  while (isDrawn() && !isSignedOut()) {
    try {
      await ask("/api/lock", "POST");
      return;
    } catch {
      await new Promise((then) => setTimeout(then, RETRY_AFTER)); // stays drawn until the server knows
    }
  }
}

async function unlock(passphrase) {
  const said = await ask("/api/unlock", "POST", { passphrase });
  if (said.signedOut) return "";
  if (!said.ok || said.locked !== false) return said.problem || "That did not open it. Nothing was changed.";
  reported = Date.now();
  open(said);
  windows.postMessage({ open: said });
  return "";
}

windows.addEventListener("message", ({ data }) => {
  if (data.heed) heed(data.heed);
  if (data.open && isDrawn()) open(data.open);
});

// While locked the server may have drawn an empty screen; its button draws the one that was open.
function drawAgain() {
  part("secure_base_again", "button")?.click();
  giveBackForms();
}

// ---- signed out

const holdsWords = () => !document.dispatchEvent(new CustomEvent("secure-base:leaving", { cancelable: true }));

function leave() {
  if (holdsWords()) {
    drawSignedOut(signInHere);
  } else {
    going = true;
    location.assign(SIGN_IN);
  }
}

// The server sends a signed-out window to the sign-in page; with words here that are not stored, it stays.
globalThis.navigation?.addEventListener("navigate", (event) => {
  if (going || !event.cancelable || new URL(event.destination.url).pathname !== SIGN_IN || !holdsWords()) return;
  event.preventDefault();
  drawSignedOut(signInHere);
});

async function signInHere(passphrase, name) {
  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const page = await read(await fetch(SIGN_IN, { cache: "no-store" }));
  const token = page.querySelector('input[name="token"]')?.value ?? "";
  const body = new URLSearchParams({ token, name, passphrase });
  const answer = await fetch(SIGN_IN, { method: "POST", body, redirect: "manual", cache: "no-store" });
  if (answer.type !== "opaqueredirect") {
    const refusal = (await read(answer)).querySelector(".problem")?.textContent.trim();
    return refusal || "That did not sign you in. Nothing was changed.";
  }
  const stored = [];
  const detail = { wait: (promise) => stored.push(promise) };
  document.dispatchEvent(new CustomEvent("secure-base:signed-in", { detail }));
  await Promise.race([Promise.allSettled(stored), new Promise((then) => setTimeout(then, WAIT_FOR_WORDS))]);
  if (holdsWords()) return "You are signed in, but what you wrote could not be stored yet. Try once more.";
  going = true;
  location.reload();
  return "";
}

// ---- the minute before

const warning = document.createElement("div");
warning.className = "secure-base-warning";
warning.setAttribute("role", "status");

function look() {
  const left = ends - Date.now();
  if (!isDrawn() && left <= 0) lock();
  if (isDrawn() || left > WARN_BEFORE) {
    warning.remove();
    warning.textContent = "";
    return;
  }
  const words = Date.now() - reported < REPORT_EVERY ? AT_THE_LIMIT : BY_ITSELF;
  warning.style.colorScheme = scheme();
  if (!warning.isConnected) document.body.append(warning);
  if (warning.textContent !== words) warning.textContent = words;
}
setInterval(look, 1000);
document.addEventListener("visibilitychange", look); // no timer has run while the computer slept

// ---- the sidebar's Lock and Hide, and their keys

const part = (name, selector) => document.querySelector(`.st-key-${name} ${selector}`);

addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest(".st-key-secure_base_lock button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  lock();
}, { capture: true });

addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest(".st-key-secure_base_hide")) return;
  if (box.checked) cover();
  else giveBackForms();
}, { capture: true });

addEventListener("keydown", (event) => {
  if (isDrawn() || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.code === "KeyL" && part("secure_base_lock", "button")) {
    event.preventDefault();
    lock();
  }
  const toggle = event.code === "KeyN" && part("secure_base_hide", "input");
  if (toggle) {
    event.preventDefault();
    document.activeElement?.blur?.(); // what is being typed is sent before its box goes
    toggle.click();
  }
}, { capture: true });

// Eyes first: covered at once, and uncovered when the server has drawn the screen without names.
function cover() {
  keepForms();
  const page = document.documentElement;
  page.classList.add("secure-base-is-covered");
  const timer = setInterval(() => {
    const still = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
    const off = part("secure_base_hide", "input")?.checked === false;
    if (off || (still && document.querySelector(".st-key-secure_base_hidden"))) {
      clearInterval(timer);
      page.classList.remove("secure-base-is-covered");
    }
  }, 100);
}

// ---- from the start

ask("/api/activity", "GET").then((said) => { if (said.ok) heed(said); }, () => {});
