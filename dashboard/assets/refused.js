// After a refused save the focus goes to the first refused field, or to the message where no field can be told.
//
// The server draws a mark with each refusal, in the run that refused it and in no other (components/refused.py): one
// field's label, or nothing, for each sentence of the message. A mark moves the focus once, and not at all where the
// person has gone on meanwhile.

const RUNNING = "data-test-script-state";
const STILL = `[data-testid="stApp"][${RUNNING}="notRunning"]`;
const HELD = '[class*="st-key-refused_"]';
const FIELDS = 'input, textarea, [role="group"], [role="radiogroup"], [role="toolbar"]';
const TAKES_KEYS = 'input:not([type="hidden"]), textarea, [role="spinbutton"], [tabindex="0"]';
const LOOKS = [0, 100, 400]; // a run may be over a moment before its last part is drawn

let last = ""; // the mark that was seen last
let hasGoneOn = false; // whether there was a key or a touch since the press that may be refused

addEventListener("pointerdown", () => { hasGoneOn = true; }, { capture: true, passive: true });
addEventListener("keydown", ({ key }) => { hasGoneOn = key !== "Enter"; }, { capture: true, passive: true });
addEventListener("click", () => { hasGoneOn = false; }, { capture: true, passive: true });

new MutationObserver(() => {
  if (document.querySelector(STILL)) LOOKS.forEach((wait) => setTimeout(look, wait));
}).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: [RUNNING] });

function look() {
  const mark = [...document.querySelectorAll("[data-refused]")].at(-1);
  if (!mark || mark.dataset.refused === last) return;
  last = mark.dataset.refused;
  const message = mark.closest(HELD)?.querySelector('[role="alert"]');
  if (!message || hasGoneOn) return;
  const field = refusedField(message, JSON.parse(mark.dataset.fields));
  const target = field?.matches(TAKES_KEYS) ? field : field?.querySelector(TAKES_KEYS);
  if (!target) message.tabIndex = -1;
  (target ?? message).focus({ preventScroll: true });
  show(message, target ?? message);
}

// The first sentence that leads to a field: by the label it was given, or by one that it begins with or quotes.
function refusedField(message, labels) {
  const sentences = [...message.querySelectorAll("p")].map((each) => each.textContent.replaceAll("\u2060", ""));
  const fields = [...(message.closest('[role="dialog"]') ?? document).querySelectorAll(FIELDS)].filter(isShown);
  for (const [place, sentence] of sentences.entries()) {
    const found = nearest(message, fields.filter((each) => isAbout(each, labels[place] || sentence)));
    if (found) return found;
  }
  return undefined;
}

function isAbout(field, words) {
  const label = field.getAttribute("aria-label");
  if (!label) return false;
  const [, after] = words.split(label, 2);
  return words.includes(`“${label}”`) || (words.startsWith(label) && !/^[\p{L}\p{N}]/u.test(after));
}

// Of fields with one label the last before the message, else the first below it; of several labels the longest.
function nearest(message, fields) {
  const length = Math.max(...fields.map((each) => each.getAttribute("aria-label").length));
  const named = fields.filter((each) => each.getAttribute("aria-label").length === length);
  const above = named.filter((each) => each.compareDocumentPosition(message) & Node.DOCUMENT_POSITION_FOLLOWING);
  return above.at(-1) ?? named[0];
}

function isShown(field) {
  return field.getClientRects().length > 0;
}

// Both stay in view where the window is tall enough; otherwise what has the focus does.
function show(message, target) {
  message.scrollIntoView({ block: "nearest" });
  const { top, bottom } = target.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) target.scrollIntoView({ block: "center" });
}
