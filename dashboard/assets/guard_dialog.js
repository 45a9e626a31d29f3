// The sheet that covers a locked window: over everything, out of print, and with the only field that takes keys.
// It keeps eyes away; that nothing can be read or saved in the meantime is the server's doing.

const LOCKED = {
  title: "Locked",
  words: "What you were doing is kept. Your passphrase opens it again.",
  button: "Open",
};
const SIGNED_OUT = {
  title: "Signed out",
  words: "Some of what you wrote here is not stored yet. Sign in, and it is stored before anything else happens.",
  button: "Sign in",
};

const dialog = document.createElement("dialog");
dialog.className = "secure-base-lock";
dialog.setAttribute("aria-labelledby", "secure-base-lock-title");
dialog.setAttribute("closedby", "none");
dialog.setAttribute("data-react-aria-top-layer", "true"); // a dialog of Streamlit's makes all else inert, but not this
dialog.innerHTML = `
  <div class="secure-base-locked">
    <h2 id="secure-base-lock-title"></h2>
    <p class="words"></p>
    <p class="problem" role="alert" tabindex="-1" hidden></p>
    <form method="dialog">
      <div class="name"><label for="secure-base-name">Your name</label>
        <input id="secure-base-name" autocomplete="username"></div>
      <label for="secure-base-passphrase">Passphrase</label>
      <div class="secret">
        <input id="secure-base-passphrase" type="password" autocomplete="current-password" required
               aria-describedby="secure-base-caps">
        <button type="button" class="show" aria-pressed="false" aria-label="Show passphrase">Show</button>
      </div>
      <p class="caps" id="secure-base-caps" role="status"></p>
      <p class="actions"><button type="submit"></button> <a href="/auth/forgotten">I forgot my passphrase</a></p>
    </form>
  </div>`;
const part = (selector) => dialog.querySelector(selector);
const name = part("#secure-base-name");
const passphrase = part("#secure-base-passphrase");
const problem = part(".problem");
const caps = part(".caps");
const button = part('button[type="submit"]');
const show = part(".show");

let drawn = null; // which of the two is drawn, or none
let before = {}; // what had the focus, and where its caret was
const stilled = new Set(); // what was made inert under it
let answer = async () => ""; // what the form calls; gives the refusal, or nothing

export const isDrawn = () => drawn !== null;
export const isSignedOut = () => drawn === SIGNED_OUT;
export const drawLock = (open) => draw(LOCKED, open);
export const drawSignedOut = (signIn) => draw(SIGNED_OUT, signIn);

export function undraw() {
  if (!drawn) return;
  drawn = null;
  for (const each of stilled) each.inert = false; // what was inert before stays so
  stilled.clear();
  dialog.close();
  dialog.remove();
  giveBackFocus(before);
  document.documentElement.classList.remove("secure-base-is-locked");
}

function draw(which, asked) {
  answer = asked;
  if (drawn !== which) {
    if (!drawn) before = focused();
    drawn = which;
    part("h2").textContent = which.title;
    part(".words").textContent = which.words;
    button.textContent = which.button;
    part(".name").hidden = which === LOCKED;
    name.required = which === SIGNED_OUT;
    passphrase.value = "";
    reveal(false);
    say("");
  }
  put();
}

function put() {
  if (!dialog.isConnected) {
    dialog.removeAttribute("open"); // taken out of the page it is no longer on top of it, whatever it says
    document.body.append(dialog);
  }
  dialog.style.colorScheme = scheme();
  document.documentElement.classList.add("secure-base-is-locked");
  if (!dialog.open) {
    dialog.showModal();
    (drawn === SIGNED_OUT ? name : passphrase).focus();
  }
  for (const each of others().filter((one) => !one.inert)) {
    each.inert = true;
    stilled.add(each);
  }
  dialog.inert = false;
}

// A box that has just stopped being inert takes the focus, but its caret only once the page is laid out again.
function giveBackFocus({ box, start, end }) {
  if (!box?.isConnected) return;
  document.body.getBoundingClientRect();
  box.blur();
  box.focus({ preventScroll: true });
  if (typeof start === "number") box.setSelectionRange(start, end);
}

function focused() {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return { box: found === document.body ? null : found, start: found?.selectionStart, end: found?.selectionEnd };
}

function others() {
  return [...document.body.children].filter((each) => each !== dialog && !["SCRIPT", "NOSCRIPT"].includes(each.tagName));
}

function say(words) {
  problem.textContent = words;
  problem.hidden = !words;
}

function reveal(shown) {
  passphrase.type = shown ? "text" : "password";
  show.textContent = shown ? "Hide" : "Show";
  show.setAttribute("aria-pressed", String(shown));
}
show.addEventListener("click", () => reveal(passphrase.type === "password"));

/* Light or dark as the screens are now, which the person may have chosen against the system's setting. */
export function scheme() {
  const app = document.querySelector('[data-testid="stApp"]');
  const chosen = app && getComputedStyle(app).colorScheme;
  return chosen && chosen !== "normal" ? chosen : "light dark";
}

part("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const given = passphrase.value;
  passphrase.value = "";
  reveal(false);
  let refusal = "";
  try {
    refusal = await answer(given, name.value);
  } catch {
    refusal = "The program does not answer. Nothing was changed; see that it still runs, and try again.";
  } finally {
    button.removeAttribute("aria-disabled");
  }
  say(refusal || "");
  if (refusal) passphrase.focus();
});

for (const kind of ["keydown", "keyup"]) {
  passphrase.addEventListener(kind, (event) => {
    const words = event.getModifierState?.("CapsLock") ? "Caps Lock is on." : "";
    if (caps.textContent !== words) caps.textContent = words;
  });
}

// Keys reach nothing else, not even the shortcuts of the screens below.
addEventListener("keydown", (event) => {
  if (!drawn || dialog.contains(event.target)) return;
  event.stopImmediatePropagation();
  passphrase.focus();
}, { capture: true });

// Neither Escape nor anything else on the page takes it away.
dialog.addEventListener("cancel", (event) => event.preventDefault());
dialog.addEventListener("close", () => { if (drawn) put(); });
new MutationObserver(() => {
  if (drawn && (!dialog.isConnected || others().some((each) => !each.inert))) put();
}).observe(document.body, { childList: true });
