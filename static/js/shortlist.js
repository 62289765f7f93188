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

const shared = document.querySelector("[data-shared]");
const shown = shared?.dataset.shared.split(" ") ?? [];
// Somebody else's list stays as it came.
const isShown = (slugs) => slugs.length > 0 && slugs.length === shown.length && slugs.every((slug) => shown.includes(slug));

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[data-shortlist]");
  if (!button) return;
  const slug = button.dataset.shortlist;
  const slugs = read();
  const others = slugs.filter((each) => each !== slug);
  write(others.length < slugs.length ? others : [...slugs, slug]);
  if (isShown(slugs)) location.assign(address(location.pathname, others));
});

// Another tab changed it.
addEventListener("storage", ({ key }) => { if (key === KEY) show(); });
addEventListener("pageshow", show);

// A part of the page was replaced.
document.addEventListener("list:shown", show);

// The page of no list in particular is that of the visitor's own.
const own = document.querySelector("a[data-shortlist-link]");
if (own?.pathname === location.pathname && !location.search && read().length) location.replace(address(own.pathname, read()));

if (shared) {
  const print = shared.querySelector("[data-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  const keep = shared.querySelector("[data-keep]");
  keep.hidden = shown.every((slug) => read().includes(slug));
  keep.addEventListener("click", () => {
    write([...new Set([...read(), ...shown])]);
    keep.hidden = true;
  });
  shared.querySelector("input").addEventListener("focus", (event) => event.target.select());
}
show();
