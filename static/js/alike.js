// While a title and its places are typed, the server is asked which entries look the same. Without this file the
// check when the form is sent does it.
const PAUSE = 500;

function question(form) {
  const asked = new URLSearchParams();
  for (const name of ["title", "countries", "cities"]) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      const typed = field.value.trim();
      if (typed) asked.append(name, typed);
    }
  }
  return asked.get("title")?.length > 3 ? asked.toString() : "";
}

function show(region, html) {
  // Nothing is taken away from whoever is reading it.
  if (region.dataset.shown === html || region.contains(document.activeElement)) return;
  const open = region.querySelector("details")?.open;
  region.innerHTML = html;
  region.dataset.shown = html;
  if (open && html) region.querySelector("details").open = true;
}

for (const region of document.querySelectorAll("[data-alike]")) {
  const form = region.closest("form");
  let waiting, asking, asked = "";

  async function ask() {
    const now = question(form);
    if (now === asked) return;
    asked = now;
    asking?.abort();
    if (!now) return show(region, "");
    asking = new AbortController();
    try {
      const answer = await fetch(`${region.dataset.alike}?${now}`, { signal: asking.signal });
      if (answer.ok) show(region, await answer.text());
    } catch (error) {
      // Another question came after it, or there is no connection: the next change asks again.
      if (error.name !== "AbortError") asked = "";
    }
  }

  form.addEventListener("input", ({ target }) => {
    if (!["title", "countries", "cities"].includes(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
