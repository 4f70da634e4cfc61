// The worker behind /sw.js; the service puts the list of files and the lines of store.js before it. It answers only where
// the network does not: with a static file, or with the page that says so. A form that could not be sent is kept, or its
// page stays on the screen and says that nothing went out.
const name = "shiome";

async function install() {
  const [cache, phone] = [await caches.open(name), await owner().catch(() => null)];
  await cache.addAll(files.map((file) => new Request(file, { cache: "reload", credentials: "omit" })));
  const headers = { "Accept-Language": phone?.lang ?? "ja" };
  await cache.put("/offline", await fetch("/offline", { credentials: "omit", headers }));
  for (const kept of await cache.keys()) {
    const path = new URL(kept.url).pathname;
    if (path !== "/offline" && !files.includes(path)) await cache.delete(kept);
  }
  await self.skipWaiting();
}

const kept = (path) => caches.match(path, { ignoreVary: true, ignoreSearch: true });
const offline = (what) => Response.redirect(`/offline#${what}`, 303);

async function file(request) {
  try { return await fetch(request); } catch { return (await kept(new URL(request.url).pathname)) ?? Response.error(); }
}

async function page(request) {
  try { return await fetch(request); } catch { return (await kept("/offline")) ?? Response.error(); }
}

// What came back as a page of its own (the sign-in that had ended, too many requests) stays here as well.
const isTaken = (answer) => answer.type === "opaqueredirect" || answer.ok || answer.status === 422;

// An answer without content leaves the browser where it is, with all that was typed. Only a page that says so may stay.
const patience = 1500;
const hears = (page, unsent) => new Promise((heard) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => heard(true);
  page.postMessage({ unsent }, [port2]);
});
async function stay(path) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const nobody = new Promise((late) => { setTimeout(late, patience, false); });
  const isSaid = await Promise.race([nobody, ...pages.map((page) => hears(page, path))]);
  return isSaid ? new Response(null, { status: 204 }) : offline("lost");
}

async function form(request) {
  const path = new URL(request.url).pathname;
  if (!kindOf(path)) return fetch(request).catch(() => stay(path));
  const copy = request.clone();
  const answer = await fetch(request).catch(() => null);
  const item = itemOf(path, [...(await copy.formData())]);
  if (answer && isTaken(answer)) { if (item) await drop(item.id); return answer; }
  const isKept = Boolean(item) && await put(item).then(() => true, () => false);
  return answer ?? (isKept ? offline("kept") : stay(path));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(request) : form(request));
  else if (request.method === "GET" && files.includes(url.pathname)) event.respondWith(file(request));
});
