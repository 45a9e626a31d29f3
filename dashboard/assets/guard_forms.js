// What was typed into a form and not sent yet is known to this window alone, and goes when its screen is not drawn.
// It is kept here, in this window's memory, while the screen is hidden or locked, and typed back when it is drawn.

const FIELDS = '[data-testid="stForm"] textarea, [data-testid="stForm"] input[type="text"]';
const STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]';
const NOT_DRAWN = ".st-key-secure_base_hidden, .st-key-secure_base_again";
const LOOK_EVERY = 100;
const LOOKS = 300;

let kept = []; // [place, text], oldest first

export function keepForms() {
  const found = fields().filter(([, field]) => field.value !== "");
  if (found.length) kept = found.map(([place, field]) => [place, field.value]);
}

export function giveBackForms(looks = LOOKS) {
  if (!kept.length || looks <= 0) return;
  if (!document.querySelector(STILL) || document.querySelector(NOT_DRAWN)) {
    setTimeout(() => giveBackForms(looks - 1), LOOK_EVERY);
    return;
  }
  const now = new Map(fields());
  for (const [place, text] of kept) {
    const field = now.get(place);
    if (field && field.value !== text) typeInto(field, text);
  }
  kept = [];
}

// A field is known by its form's key, which names the record, its label, and its place among those of the same label.
function fields() {
  const times = new Map();
  return [...document.querySelectorAll(FIELDS)].map((field) => {
    const form = field.closest('[data-testid="stForm"]');
    const key = form.closest('[class*="st-key-"]')?.className.match(/st-key-\S+/)?.[0] ?? "";
    const name = `${location.pathname} ${key} ${field.getAttribute("aria-label") ?? ""}`;
    const nth = times.get(name) ?? 0;
    times.set(name, nth + 1);
    return [`${name} ${nth}`, field];
  });
}

function typeInto(field, text) {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
