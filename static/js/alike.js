// While a title and places are typed: entries that look the same, if there are any. Without this module the check
// at the end does it.
const box = document.querySelector("[data-alike]");
const form = box?.closest("form");

if (form) {
  const NAMES = ["title", "countries", "cities"];
  let waiting;
  let asked;
  let last = "";

  async function look() {
    const said = new URLSearchParams([...new FormData(form)].filter(([name, value]) => NAMES.includes(name) && value.trim()));
    const title = said.get("title") ?? "";
    if (String(said) === last) return;
    last = String(said);
    asked?.abort();
    if (title.trim().length < 4) {
      box.replaceChildren();
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.alike}?${said}`, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(".alike");
      if (found) found.removeAttribute("role"); // the box announces it
      // What is the same is not announced again.
      if ((found?.textContent ?? "") !== (box.firstElementChild?.textContent ?? "")) box.replaceChildren(...(found ? [found] : []));
    } catch {
      // The next key asks again.
    }
  }

  form.addEventListener("input", ({ target }) => {
    if (!NAMES.includes(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 600);
  });
}
