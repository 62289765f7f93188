// The form saves itself while it is typed into; without this file the button "Save draft" does the same.

const form = document.querySelector("form[data-autosave]");
const said = document.querySelector(".saving");
const PAUSE = 1500; // so long after the last key it is saved
const AGAIN = [5000, 15000, 60000]; // after one failure, after two, after more
const OF_THE_PAGE = ["key", "draft", "revision", "shown_at"]; // no answers

let kept; // what the server has
let waiting; // the timer
let underway; // the request that is on its way
let failures = 0;
let stopped = false; // somebody has to choose first, or the form is being sent

function say(words, failed = false) {
  if (said.textContent !== words) said.textContent = words;
  said.classList.toggle("failed", failed);
}

// What is typed, as text: files go with the form alone. The proof that the form is ours goes into a header,
// from the cookie: signing in in another window replaces it.
function typed() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const data = new URLSearchParams(fields);
  data.delete("csrfmiddlewaretoken");
  return data;
}

function words() {
  const data = typed();
  for (const name of OF_THE_PAGE) data.delete(name);
  return String(data);
}

function proof() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
}

function soon(pause = PAUSE) {
  clearTimeout(waiting);
  if (!stopped) waiting = setTimeout(save, pause);
}

function save() {
  clearTimeout(waiting);
  if (underway || stopped || words() === kept) return;
  underway = send(words()).finally(() => {
    underway = undefined;
    if (!failures && words() !== kept) soon();
  });
}

async function send(sent) {
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: typed(),
      headers: { "X-CSRFToken": proof() },
      keepalive: document.visibilityState === "hidden",
    });
    const told = await answer.json();
    failures = 0;
    kept = sent;
    if (answer.ok) saved(told);
    else refused(answer.status, told.said);
  } catch {
    // No connection, or an answer that is none of ours.
    say(said.dataset.failed, true);
    soon(AGAIN[Math.min(failures++, AGAIN.length - 1)]);
  }
}

function saved({ version, url, autosave_url }) {
  form.elements.draft.value = version;
  if (form.dataset.autosave !== autosave_url) {
    // From now on this is the page of the draft.
    form.dataset.autosave = autosave_url;
    form.setAttribute("action", url);
    history.replaceState(history.state, "", url);
  }
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const time = new Date().toLocaleTimeString(document.documentElement.lang, clock);
  say(said.dataset.saved.replace("{time}", time));
}

function refused(status, sentence) {
  // What is too long can be mended by typing; in all else the buttons of the form help on.
  stopped = status !== 413;
  say(sentence, true);
}

// The form is not sent beside a request that saves it: the two would make a submission and a draft.
async function first(event) {
  stopped = true;
  clearTimeout(waiting);
  if (!underway) return;
  event.preventDefault();
  event.stopPropagation();
  await underway;
  form.requestSubmit(event.submitter);
}

if (form) {
  kept = "typed" in form.dataset ? "" : words();
  if (!kept) soon();
  form.addEventListener("input", () => soon());
  addEventListener("submit", first, { capture: true });
  addEventListener("online", () => soon(0));
  addEventListener("pageshow", ({ persisted }) => { if (persisted) stopped = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
