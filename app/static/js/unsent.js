// What was written without a network is sent once there is one, in the session of who wrote it and in nobody else's. It
// never goes out unseen: a question comes to its preview, a reply into its form. Only what was looked at before is
// published, under the token of that preview, and so once.
import { all, drop, forget, owner, sign } from "./store.js";

const addresses = { ask: "/ask/arrive", publish: "/ask/publish", reply: "/reply-draft" };
const signOuts = 'form[action$="/sign-out"], form[action$="/sign-out-everywhere"]';
const label = document.body.dataset.phone;
let waiting = 0;

async function send(item) {
  const body = new FormData();
  item.fields.forEach(([name, value]) => body.append(name, value));
  const mine = { phone: item.label, arrival: item.token, csrf_token: document.querySelector("[name=csrf_token]").value };
  Object.entries(mine).forEach(([name, value]) => body.set(name, value));
  const headers = { Accept: "application/json" };
  const answer = await fetch(addresses[item.kind], { method: "POST", body, headers });
  return answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : null;
}

function show({ words, to, action }) {
  const box = document.createElement("div");
  const [line, link] = [document.createElement("p"), document.createElement("a")];
  [box.className, link.className] = ["callout callout-info", "button button-primary"];
  [line.textContent, link.textContent, link.href] = [words, action, to];
  const body = Object.assign(document.createElement("div"), { className: "callout-body" });
  body.append(line, link);
  box.append(body);
  document.getElementById("messages").append(box);
}

async function deliver() {
  const items = (await all()).filter((one) => one.label === label);
  waiting = items.length;
  for (const item of items) {
    const answer = await send(item);
    if (!answer) return;
    if (!answer.waits) { await drop(item.id); waiting -= 1; }
    if (item.kind === "ask" && !answer.waits && location.pathname.startsWith("/ask")) { location.replace(answer.to); return; }
    show(answer);
  }
}

// The sign-in page says that something waits; what, and whose, it does not know.
async function count() {
  const [box, items] = [document.querySelector("[data-unsent-count]"), await all()];
  if (!box || !items.length) return;
  box.querySelector("p").textContent = box.dataset.unsentCount.replace("#", String(items.length));
  box.hidden = false;
}

// Signing out takes what is unsent along: whoever holds the phone next must not find it.
async function leave(event) {
  const form = event.target;
  if (!label || !form.matches(signOuts) || form.dataset.forgotten) return;
  event.preventDefault();
  const words = document.querySelector("[data-unsent-warning]").dataset.unsentWarning;
  if (waiting && !window.confirm(words.replace("#", String(waiting)))) return;
  await forget(label);
  form.dataset.forgotten = "1";
  form.submit();
}

const once = (work) => navigator.locks.request("unsent", { ifAvailable: true }, (lock) => (lock ? work() : null));

async function start() {
  if (label) {
    const until = Date.now() + Number(document.body.dataset.phoneMinutes) * 60_000;
    await sign({ label, until, lang: document.documentElement.lang });
    await once(deliver);
  } else if (location.pathname === "/leaving/goodbye") await forget((await owner())?.label);
  else await count();
}

export function sendWhatIsUnsent() {
  if (!window.indexedDB || !navigator.locks) return;
  document.addEventListener("submit", leave);
  const quietly = () => start().catch(() => {}); // no network: it waits
  window.addEventListener("online", () => { if (!document.querySelector("form[data-keeps]")) quietly(); });
  quietly();
}

// Static files and one page for when there is no network: nothing of anybody is ever kept in the browser's cache.
export async function registerWorker() {
  if (!label || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) active.postMessage("claim"); // this page came while it was being set up
  const [lang, cache] = [document.documentElement.lang, await caches.open("shiome")];
  const kept = await cache.match("/offline", { ignoreVary: true });
  if (kept?.headers.get("Content-Language") === lang) return;
  const page = await fetch("/offline", { credentials: "omit", headers: { "Accept-Language": lang } });
  if (page.ok) await cache.put("/offline", page);
}
