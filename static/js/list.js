// A list answers filters, searches, orders and pages in place. Every link and form it takes over works without it, and
// does the work when an answer does not come.
const PARTS = ["languages", "search-in-list", "list"];
const list = document.getElementById("list");
const said = document.getElementById("list-said");
let asked;
let showing = false;

function addressOf(form, { typing = null } = {}) {
  const sent = new FormData(form);
  if (typing) sent.set(typing.name, typing.defaultValue);
  const data = new URLSearchParams([...sent].filter(([, value]) => value !== ""));
  return `${form.getAttribute("action") || location.pathname}${data.size ? `?${data}` : ""}`;
}

const valueOf = (row) => row.querySelector("input")?.value;

// What a visitor has opened, scrolled to or typed into a box that narrows stays as it is.
function remember() {
  return [...list.querySelectorAll("details.facet")].map((facet) => ({
    id: facet.id,
    open: facet.open,
    order: [...facet.querySelectorAll(".choices > li")].map(valueOf),
    scroll: facet.querySelector(".choices")?.scrollTop ?? 0,
    narrow: facet.querySelector("[data-narrow] input")?.value ?? "",
  }));
}

// Nothing slides under the pointer of whoever is choosing: what was there keeps its place, what is new comes last.
function inOrder(choices, order) {
  const places = new Map(order.map((value, place) => [value, place]));
  const place = (row) => places.get(valueOf(row)) ?? order.length;
  const rows = [...choices.children];
  const sorted = [...rows].sort((one, other) => place(one) - place(other));
  if (sorted.some((row, number) => row !== rows[number])) choices.append(...sorted);
}

function recall(facets, { toResults }) {
  for (const { id, open, order, scroll, narrow } of facets) {
    const facet = document.getElementById(id);
    if (!facet) continue;
    facet.open = open;
    if (!toResults && facet.querySelector(".choices")) inOrder(facet.querySelector(".choices"), order);
    const box = facet.querySelector("[data-narrow] input");
    if (box && narrow) {
      box.value = narrow;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const choices = facet.querySelector(".choices");
    if (choices) choices.scrollTop = scroll;
  }
}

// What stands where something stood that had the focus.
function sameAs(old) {
  if (!old) return null;
  const named = [...list.querySelectorAll(`[name="${CSS.escape(old.name || "-")}"]`)];
  const facet = document.getElementById(old.facet);
  return (
    named.find((each) => each.type !== "hidden" && (each.value === old.value || !/checkbox|radio/.test(each.type))) ??
    (old.narrows ? facet?.querySelector("[data-narrow] input") : old.tag === "SUMMARY" && facet?.querySelector("summary"))
  );
}

function asFocused(element) {
  if (!list.contains(element)) return null;
  return {
    name: element.name,
    value: element.value,
    tag: element.tagName,
    text: element.type === "text",
    facet: element.closest("details.facet")?.id,
    narrows: Boolean(element.closest("[data-narrow]")),
  };
}

function focusAgain(old, { address, push, toResults, toFacet }) {
  const same = toFacet ? document.getElementById(toFacet)?.querySelector("[data-narrow] input") : sameAs(old);
  if (same && !toResults) {
    same.focus({ preventScroll: true });
    // Whoever has typed on since this was asked for keeps what they typed.
    const sent = new URL(address, location.href).searchParams.get(same.name) ?? "";
    if (push && old?.text && old.value.trim() !== sent) same.value = old.value;
  } else if (toResults || old) {
    const heading = document.getElementById("found");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    // What is to be said of the search stands above: "Did you mean", or what was not understood.
    const first = list.querySelector(".results > .notice") ?? heading;
    if (toResults) first.scrollIntoView({ block: "start" });
  }
}

// What stands above it may have become shorter, in its own list and in those before.
function keepAt(top, element) {
  const moved = () => element.getBoundingClientRect().top - top;
  const choices = element.closest(".choices.long");
  if (choices) choices.scrollTop += moved();
  scrollBy(0, moved());
}

// Whoever ticks something on a phone has the results out of sight, but not their number.
function sayFound() {
  const button = list.querySelector("form.filters button[data-found]");
  if (button) button.textContent = button.dataset.found;
}

// What fits into the window stays in sight beside longer filters; more than that has to be scrolled.
function keepInSight() {
  const results = list.querySelector(".results");
  results.classList.toggle("few", results.offsetHeight < innerHeight);
}

async function load(address, { push = true, toResults = false, toFacet = "" } = {}) {
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
  const old = asFocused(focused);
  const top = focused.getBoundingClientRect().top;
  const facets = remember();
  // The one address of this list: the order of its parameters is the server's.
  const canonical = new URL(page.querySelector('link[rel="canonical"]')?.href ?? address, location.href);
  if (push) history.pushState(null, "", canonical.pathname + canonical.search);
  document.title = page.title;
  showing = true;
  for (const id of PARTS) {
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    // Somebody who types on keeps what they type.
    if (here && there && !(id !== "list" && here.contains(focused) && !toResults)) here.replaceChildren(...there.childNodes);
  }
  showing = false;
  list.removeAttribute("aria-busy");
  if (wasOpen) list.querySelector(".filters > details").open = true;
  document.dispatchEvent(new Event("list:shown"));
  recall(facets, { toResults });
  sayFound();
  keepInSight();
  focusAgain(old, { address, push, toResults, toFacet });
  if (old && !toResults && sameAs(old) === document.activeElement) keepAt(top, document.activeElement);
  const notices = [...list.querySelectorAll(".results > .notice")].map((each) => each.textContent.trim());
  said.textContent = [document.getElementById("found").textContent.trim(), ...notices].join(" ");
}

if (list && said) {
  let waiting;
  const soon = ({ target }) => {
    const form = target.closest("form.filters");
    if (!form || !target.name || showing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      // Half a year is not asked for.
      const typing = [...form.elements].find((each) => each.type === "text" && each === document.activeElement);
      load(addressOf(form, { typing }));
    }, 250);
  };
  list.addEventListener("change", soon);
  // A year that was kept for whoever typed on has not changed for the browser.
  list.addEventListener("focusout", (event) => {
    if (event.target.type === "text" && event.target.value !== event.target.defaultValue) soon(event);
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
    const toFacet = link.closest(".more") ? link.closest("details.facet").id : "";
    load(link.href, { toResults: Boolean(link.closest(".pagination")), toFacet });
  });

  addEventListener("resize", keepInSight);
  keepInSight();
  sayFound();
  addEventListener("popstate", () => load(location.href, { push: false }));
}
