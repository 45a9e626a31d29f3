// Small helps on the pages before the record. Every page works without them.
"use strict";

// A refused form is read from its refusal on.
document.querySelector(".problem")?.focus();

// Show or hide what is typed into a passphrase field.
for (const button of document.querySelectorAll("button[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(shown));
  });
}

// Say that Caps Lock is on, where nobody sees what is typed.
for (const field of document.querySelectorAll('input[type="password"]')) {
  const line = document.getElementById(`${field.id}-caps`);
  const say = (event) => {
    const on = event.getModifierState?.("CapsLock") ?? false;
    const words = on ? "Caps Lock is on." : "";
    if (line.textContent !== words) line.textContent = words;
  };
  field.addEventListener("keydown", say);
  field.addEventListener("keyup", say);
  field.addEventListener("blur", () => { line.textContent = ""; });
}

// The browser's time zone stands first where none was chosen.
const zone = document.querySelector('select[name="zone"]');
if (zone && !zone.value) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === here)) zone.value = here;
}

// One press is one post. A page that comes back from the browser's memory can be sent again.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    for (const field of form.querySelectorAll("button[data-shows]")) {
      document.getElementById(field.dataset.shows).type = "password";
    }
    const button = form.querySelector('button[type="submit"]');
    button.setAttribute("aria-disabled", "true");
    button.dataset.words = button.textContent;
    button.textContent = "One moment";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    const button = form.querySelector('button[type="submit"]');
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.words;
  }
});
