// Comforts of the moderators' desk; each part works without this file.
const SWITCH = "desk-keys";
const HEARTBEAT = 5 * 60 * 1000;
const note = document.getElementById("id_note");

// ---- Keys ---------------------------------------------------------------------
// Single characters can be turned off (WCAG 2.1.4), and do nothing while somebody types.

const keys = document.querySelector(".keys");
const dialog = keys?.querySelector("dialog");
const toggle = keys?.querySelector("[data-keys-switch]");
let meant; // The button that a key was meant for while its note is being written.

function stored() {
  try { return localStorage.getItem(SWITCH); } catch { return null; }
}

function show(on) {
  document.body.classList.toggle("keys-on", on);
  for (const each of document.querySelectorAll("[data-key]")) {
    if (on && each.dataset.key) each.setAttribute("aria-keyshortcuts", each.dataset.key);
    else each.removeAttribute("aria-keyshortcuts");
  }
}

function types(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
}

function move(step) {
  const links = [...document.querySelectorAll(".queue .title a")];
  const row = document.activeElement.closest("tr");
  const now = links.findIndex((link) => row?.contains(link));
  const next = now < 0 ? links.at(step > 0 ? 0 : -1) : links[Math.min(Math.max(now + step, 0), links.length - 1)];
  next?.focus();
}

function tick() {
  const box = document.activeElement.closest("tr")?.querySelector('input[name="submission"]');
  if (box) box.checked = !box.checked;
}

// A decision only moves the focus: Enter presses the button. Skipping keeps what was typed.
function go(target) {
  if (target.tagName === "SUMMARY") {
    target.parentElement.open = true;
    target.parentElement.querySelector("select, input")?.focus();
  } else if ("press" in target.dataset && !(note?.value.trim() && target.form?.contains(note))) {
    target.click();
  } else if ("needsNote" in target.dataset && note && !note.value.trim()) {
    meant = target;
    note.focus();
  } else {
    target.focus();
  }
}

function act(key) {
  if (key === "?") return dialog.showModal();
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "o") return document.activeElement.closest("tr")?.querySelector(".title a")?.click();
  if (key === "x") return tick();
  if (key === "m") return note?.focus();
  return go(document.querySelector(`[data-key="${CSS.escape(key)}"]`));
}

function known(key) {
  if (key === "?" || (key === "m" && note)) return true;
  if ("jkox".includes(key)) return document.querySelector(".queue");
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || dialog?.open) return;
  const field = types(event.target);
  if (field) {
    if (event.key === "Escape") field.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field === note && meant) {
      event.preventDefault();
      meant.focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || !toggle?.checked) return;
  if (!known(event.key)) return;
  event.preventDefault();
  act(event.key);
});

if (keys) {
  keys.hidden = false;
  toggle.checked = stored() !== "off";
  show(toggle.checked);
  keys.querySelector("[data-open-keys]").addEventListener("click", () => dialog.showModal());
  toggle.addEventListener("change", () => {
    try { localStorage.setItem(SWITCH, toggle.checked ? "on" : "off"); } catch { /* It then holds for this page. */ }
    show(toggle.checked);
  });
}

// ---- Saved replies: into the note, without asking the server -----------------------

document.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="use_reply"]');
  const text = button?.form.elements.reply.selectedOptions[0]?.dataset.text;
  if (!text || !note) return;
  event.preventDefault();
  note.value = [note.value.trim(), text].filter(Boolean).join("\n\n");
  note.focus();
});

// ---- What is open stays so while somebody works on it --------------------------------

const form = document.querySelector("form[data-hold]");
if (form) {
  const said = document.getElementById("held-until");
  let worked = false;
  for (const sign of ["keydown", "pointermove", "scroll", "input"]) {
    addEventListener(sign, () => { worked = true; }, { passive: true });
  }
  const keep = async () => {
    if (!worked) return;
    worked = false;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.hold, { method: "POST", body, headers: { Accept: "application/json" } });
      const lost = answer.status === 409;
      if (!answer.ok && !lost) return;
      if (lost) said.setAttribute("role", "alert"); // Only bad news is worth interrupting for.
      said.textContent = (await answer.json()).text;
    } catch { /* The next beat tries again. */ }
  };
  setInterval(keep, HEARTBEAT);
}
