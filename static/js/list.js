// A list answers filters, searches, orders and pages in place. Every link and form it takes over works without it, and
// does the work when an answer does not come.
const PARTS = ["languages", "search-in-list", "list"];
const list = document.getElementById("list");
const said = document.getElementById("list-said");
let asked;

function addressOf(form) {
  const data = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return `${form.getAttribute("action") || location.pathname}${data.size ? `?${data}` : ""}`;
}

// What a visitor has opened, scrolled to or typed into a box that narrows stays as it is.
function remember() {
  return [...list.querySelectorAll("details.facet")].map((facet) => ({
    id: facet.querySelector(".choices")?.id,
    open: facet.open,
    scroll: facet.querySelector(".choices")?.scrollTop ?? 0,
    narrow: facet.querySelector("[data-narrow] input")?.value ?? "",
  }));
}

function recall(facets) {
  for (const { id, open, scroll, narrow } of facets) {
    const facet = id && document.getElementById(id)?.closest("details.facet");
    if (!facet) continue;
    facet.open = open;
    const box = facet.querySelector("[data-narrow] input");
    if (box && narrow) {
      box.value = narrow;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const choices = facet.querySelector(".choices");
    if (choices) choices.scrollTop = scroll;
  }
}

function focusAgain(focused, toResults) {
  const same = focused?.name
    ? [...list.querySelectorAll(`[name="${CSS.escape(focused.name)}"]`)].find(
        (each) => each.type !== "hidden" && (each.value === focused.value || !/checkbox|radio/.test(each.type)),
      )
    : null;
  if (same && !toResults) same.focus({ preventScroll: true });
  else if (toResults || (focused && !focused.isConnected)) {
    const heading = document.getElementById("found");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (toResults) heading.scrollIntoView({ block: "start" });
  }
}

async function load(address, { push = true, toResults = false } = {}) {
  asked?.abort();
  asked = new AbortController();
  list.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("list")) throw new Error("not a list");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  const filters = list.querySelector(".filters > details");
  const wasOpen = filters?.open && !toResults;
  const focused = document.activeElement;
  const facets = remember();
  // The one address of this list: the order of its parameters is the server's.
  const canonical = new URL(page.querySelector('link[rel="canonical"]')?.href ?? address, location.href);
  if (push) history.pushState(null, "", canonical.pathname + canonical.search);
  document.title = page.title;
  for (const id of PARTS) {
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    // Somebody who types on keeps what they type.
    if (here && there && !(id !== "list" && here.contains(focused) && !toResults)) here.replaceChildren(...there.childNodes);
  }
  list.removeAttribute("aria-busy");
  if (wasOpen) list.querySelector(".filters > details").open = true;
  document.dispatchEvent(new Event("list:shown"));
  recall(facets);
  focusAgain(focused, toResults);
  said.textContent = document.getElementById("found").textContent.trim();
}

if (list && said) {
  let waiting;
  list.addEventListener("change", ({ target }) => {
    const form = target.closest("form.filters");
    if (!form || !target.name) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => load(addressOf(form)), 250);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#list form.filters, #search-in-list form");
    if (!form) return;
    event.preventDefault();
    clearTimeout(waiting);
    load(addressOf(form), { toResults: true });
  });

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.chip, .chips a, .sorts a, .pagination a, .filters .head a, .facet .more a");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    load(link.href, { toResults: Boolean(link.closest(".pagination")) });
  });

  addEventListener("popstate", () => load(location.href, { push: false }));
}
