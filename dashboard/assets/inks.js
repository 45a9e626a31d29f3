// Figures and drawings have their inks from the server. When the theme changes with the system's, the screen is drawn
// again by pressing a button that nobody sees; its name says in which inks the screen was drawn. What runs is not cut
// short, and an open dialog is not closed: it waits.

import { scheme } from "./guard_dialog.js";

const DARK = matchMedia("(prefers-color-scheme: dark)");
const BUTTON = "st-key-secure_base_inks_";
const STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]';
const LOOK_EVERY = 100;
const MOST_LOOKS = 50; // a theme that was chosen against the system's setting does not change with it

let timer = 0;

DARK.addEventListener("change", () => {
  let looks = 0;
  clearInterval(timer);
  timer = setInterval(() => {
    if (!document.querySelector(STILL) || document.querySelector('[role="dialog"]')) return;
    looks += 1;
    const inks = DARK.matches ? "dark" : "light";
    if (looks > MOST_LOOKS || document.querySelector(`.${BUTTON}${inks}`)) clearInterval(timer);
    else if (scheme() === inks) document.querySelector(`[class*="${BUTTON}"] button`)?.click();
  }, LOOK_EVERY);
});
