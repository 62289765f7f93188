// The visitor's shortlist: kept by the browser, never sent unless its page is opened. Without this module its buttons
// and its link stay hidden; the page of a shared list works all the same.
const KEY = "shortlist";
const MOST = 50;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((slug) => /^[-\w]{1,120}$/.test(slug)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(slugs) {
  try {
    localStorage.setItem(KEY, JSON.stringify(slugs.slice(-MOST)));
  } catch {
    // The browser keeps nothing (a private window, no room): the buttons go back to what is kept.
  }
  show();
}

function address(path, slugs) {
  return `${path}?${new URLSearchParams(slugs.map((slug) => ["id", slug]))}`;
}

function show() {
  const slugs = read();
  for (const link of document.querySelectorAll("a[data-shortlist-link]")) {
    link.hidden = slugs.length === 0;
    link.href = address(link.pathname, slugs);
    link.querySelector("[data-count]").textContent = slugs.length;
  }
  for (const button of document.querySelectorAll("button[data-shortlist]")) {
    const chosen = slugs.includes(button.dataset.shortlist);
    button.hidden = false;
    button.setAttribute("aria-pressed", chosen);
    button.firstElementChild.textContent = chosen ? button.dataset.remove : button.dataset.add;
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[data-shortlist]");
  if (!button) return;
  const slug = button.dataset.shortlist;
  const slugs = read();
  write(slugs.includes(slug) ? slugs.filter((each) => each !== slug) : [...slugs, slug]);
});

// Another tab changed it.
addEventListener("storage", ({ key }) => { if (key === KEY) show(); });
addEventListener("pageshow", show);

// A part of the page was replaced.
document.addEventListener("list:shown", show);

const shared = document.querySelector("[data-shared]");
if (shared) {
  const slugs = shared.dataset.shared.split(" ");
  const print = shared.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  const keep = shared.querySelector("[data-keep]");
  keep.hidden = slugs.every((slug) => read().includes(slug));
  keep.addEventListener("click", () => {
    write([...new Set([...read(), ...slugs])]);
    keep.hidden = true;
  });
  shared.querySelector("input").addEventListener("focus", (event) => event.target.select());
}
show();
