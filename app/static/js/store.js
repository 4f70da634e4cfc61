// What this phone keeps while there is no network, in the browser's own database. Nothing of it leaves the phone but to
// the service, in the session of the member whose label it bears. The worker of /sw.js holds the same lines.
const keptDays = 14;
const day = 86_400_000;

const settled = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

function open() {
  const request = indexedDB.open("shiome", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("unsent", { keyPath: "id" });
    request.result.createObjectStore("phone");
  };
  return settled(request);
}

async function use(name, mode, work) {
  const base = await open();
  try {
    const transaction = base.transaction(name, mode);
    const done = new Promise((finished, failed) => { transaction.oncomplete = finished; transaction.onabort = failed; });
    const found = await work(transaction.objectStore(name));
    await done;
    return found;
  } finally {
    base.close();
  }
}

// One thing in one place: what is written again takes the place of what was, under another token.
export const put = (item) => use("unsent", "readwrite", (store) =>
  settled(store.put({ ...item, token: crypto.randomUUID(), saved: Date.now() })));
export const drop = (id) => use("unsent", "readwrite", (store) => settled(store.delete(id)));
export const all = async () => {
  const items = await use("unsent", "readonly", (store) => settled(store.getAll()));
  const old = items.filter((one) => one.saved < Date.now() - keptDays * day);
  for (const one of old) await drop(one.id);
  return items.filter((one) => !old.includes(one)).sort((one, other) => one.saved - other.saved);
};

// Whose phone this is: the label of who signed in last, and until when they need no sign-in to see what they wrote.
export const sign = (owner) => use("phone", "readwrite", (store) => settled(store.put(owner, "owner")));
export const owner = () => use("phone", "readonly", (store) => settled(store.get("owner")));
export async function forget(label) {
  for (const one of await all()) if (one.label === label) await drop(one.id);
  await use("phone", "readwrite", (store) => settled(store.delete("owner")));
}

const kinds = [
  [/^\/ask\/(preview|draft)$/, "ask"],
  [/^\/ask\/publish$/, "publish"],
  [/^\/(threads|queue)\/[^/]+\/(answer|followup)$/, "reply"],
];
export const kindOf = (path) => kinds.find(([form]) => form.test(path))?.[1];

// A form as it is kept. Without the label of a member it is nobody's, and is not kept.
export function itemOf(path, entries) {
  const [kind, sent] = [kindOf(path), new Map(entries)];
  const label = sent.get("phone");
  if (!kind || !label) return null;
  const fields = entries.filter(([name, value]) => name !== "csrf_token" && (typeof value === "string" || value.size));
  const place = { ask: sent.get("draft"), publish: sent.get("token"), reply: sent.get("place") }[kind];
  const title = String(sent.get("title") || sent.get("text") || "").trim().slice(0, 60);
  return { id: `${label} ${kind} ${place}`, label, kind, fields, title };
}
