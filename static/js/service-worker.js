// What a visitor sees whose connection is gone. Kept are the page that says so, in each language that was read, and what
// makes it look like one of ours; nothing else ever, and least of all a page with somebody's words or name on it.
// The view that serves this (browse/offline.py) puts RELEASE, STYLES, PAGES (by language) and FIRST before it.
const pageFor = (address) => PAGES[new URL(address).pathname.split("/")[1]] ?? PAGES[FIRST];

async function keep(page) {
  const kept = await caches.open(RELEASE);
  // Asked for as a stranger, so that it is the same for everybody.
  if (!(await kept.match(page))) await kept.add(new Request(page, { credentials: "omit" }));
}

async function install() {
  const kept = await caches.open(RELEASE);
  await kept.addAll(STYLES);
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  await Promise.all(open.map(({ url }) => keep(pageFor(url))));
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name !== RELEASE) await caches.delete(name);
  await registration.navigationPreload?.enable();
}

async function visit(event) {
  const page = pageFor(event.request.url);
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(keep(page).catch(() => {})); // there is always a next time
    return answer;
  } catch {
    return (await caches.match(page)) ?? (await caches.match(PAGES[FIRST])) ?? Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  // What is sent goes its own way: a browser offers to send it again.
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(visit(event));
  else if (STYLES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
