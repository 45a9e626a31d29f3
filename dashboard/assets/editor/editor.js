// Draws the box of one section with its line under it; the words themselves are in drafts.js.

import { draftOf, drafts, letGo } from "./drafts.js";
import "./leaving.js";

const LINES = {
  still: () => "",
  saved: (draft) => `Draft saved ${draft.at}${draft.words ? `. ${draft.words}` : ""}`,
  later: () => "Not saved yet. Your text is kept in this window.",
  out: () => "Signed out. Your text is kept in this window.",
  other: () => "Somebody else is signed in now. Your text is kept in this window and is not saved.",
  refused: (draft) => draft.words,
  clash: () => "Changed in another window. Both texts are here; nothing was overwritten.",
  signed: () => "This note was signed in another window. Your text is kept in this window; copy what you need.",
  moved: () => "The format was changed in another window. Your text is kept in this window; copy it and reload the page.",
  gone: () => "This draft was discarded in another window. Your text is kept in this window; copy what you need.",
};
const QUIET = new Set(["still", "saved"]);

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".draft");
  if (data.labels) return leftOver(root, data);
  const draft = draftOf(data);
  if (root.draft === draft) return root.end; // drawn already: its text is never written again
  root.end?.();
  root.draft = draft;
  root.end = mount(root, draft);
  return root.end;
}

function mount(root, draft) {
  const box = element("textarea", { rows: 4, placeholder: "your words", spellcheck: true });
  box.setAttribute("aria-label", draft.label);
  const line = element("p", { className: "line" });
  line.setAttribute("role", "status");
  const mine = element("div", { className: "mine" }, element("p", { className: "whose", textContent: "Yours, in this window" }), box);
  const sides = element("div", { className: "sides" }, mine);
  root.replaceChildren(sides, line);

  const look = () => {
    if (box.value !== draft.text) write(box, draft.text);
    const quiet = QUIET.has(draft.state);
    line.setAttribute("aria-live", quiet ? "off" : "polite"); // a save every 3 seconds is not read out
    line.classList.toggle("problem", !quiet);
    const words = `${LINES[draft.state](draft)}${room(draft)}`;
    if (line.textContent !== words) line.textContent = words;
    drawTheirs(sides, draft);
  };
  const keepPlace = () => {
    Object.assign(draft.place, { start: box.selectionStart, end: box.selectionEnd, scroll: box.scrollTop });
  };
  box.addEventListener("input", () => { draft.edit(box.value); keepPlace(); });
  for (const kind of ["select", "selectionchange", "scroll", "keyup", "pointerup"]) box.addEventListener(kind, keepPlace);
  box.addEventListener("focus", () => { draft.place.focused = true; });
  box.addEventListener("blur", () => {
    if (box.isConnected && document.hasFocus()) draft.place.focused = false; // not when Streamlit takes the box away
    draft.send();
  });

  look();
  if (draft.place.focused && !document.activeElement?.matches("input, textarea")) {
    box.focus({ preventScroll: true });
    box.setSelectionRange(draft.place.start, draft.place.end);
  }
  box.scrollTop = draft.place.scroll;
  draft.views.add(look);
  return () => {
    draft.views.delete(look);
    root.draft = root.end = null;
    letGo(draft);
  };
}

// How many characters there is room for, once nine tenths are used; counted as the server counts them.
function room({ state, text, longest }) {
  if (!QUIET.has(state) || text.length < longest * 0.9) return "";
  return `${state === "still" ? "" : ". "}Room for ${(longest - [...text].length).toLocaleString("en-GB")} more characters`;
}

function write(box, text) {
  const { selectionStart: start, selectionEnd: end, scrollTop } = box;
  box.value = text;
  if (box.matches(":focus")) box.setSelectionRange(Math.min(start, text.length), Math.min(end, text.length));
  box.scrollTop = scrollTop;
}

// The other window's text stands beside one's own box, which stays open: what is being typed goes on into it.
function drawTheirs(sides, draft) {
  sides.querySelector(".theirs")?.remove();
  sides.classList.toggle("two", draft.state === "clash");
  if (draft.state !== "clash") return;
  const { text, at, by } = draft.theirs;
  const other = element("div", { className: "other", textContent: text, tabIndex: 0 });
  other.setAttribute("role", "textbox");
  other.setAttribute("aria-readonly", "true");
  other.setAttribute("aria-label", "The other text");
  const buttons = [["mine", "Keep mine"], ["theirs", "Take theirs"], ["both", "Keep both"]].map(([which, words]) => {
    const button = element("button", { type: "button", textContent: words });
    button.addEventListener("click", () => draft.choose(which));
    return button;
  });
  const whose = element("p", { className: "whose", textContent: `The other, saved ${at} by ${by}` });
  sides.append(element("div", { className: "theirs" }, whose, other, element("p", { className: "choices" }, ...buttons)));
}

// On a signed note: what this window holds of it and could not be stored. Everything else of it is forgotten here.
function leftOver(root, { note, writer, labels }) {
  const here = drafts().filter((draft) => draft.note === note && draft.writer === writer && draft.unsaved);
  root.replaceChildren();
  if (here.length) {
    const words = `This note was signed in another window while you were writing here. What you wrote is not part of it;
      it stands below while this window is open. Copy what you want to keep and add it under the note.`;
    root.append(element("p", { className: "told", textContent: words }));
  }
  for (const draft of here) {
    const text = element("textarea", { readOnly: true, value: draft.text, rows: 4 });
    text.setAttribute("aria-label", `${labels[draft.section] ?? draft.section}: typed here, not saved`);
    const whose = `${labels[draft.section] ?? draft.section}: typed here, not saved`;
    root.append(element("p", { className: "whose", textContent: whose }), text);
  }
  return () => {};
}

function element(name, values, ...children) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
}
