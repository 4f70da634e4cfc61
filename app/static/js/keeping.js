// Forms marked data-keeps keep what is typed in them: on the service a moment after the last key, on this phone while
// the service cannot be reached. Sending a form ends it, and so does sending any other form of the page.
import { settle } from "./confirm-leave.js";
import { drop, itemOf, put } from "./store.js";

const rest = 1200;
const timers = new Map();
const running = new Map();
const here = new Set(); // forms that only this phone keeps so far

function say(form, what) {
  const words = form.querySelector("[data-kept]");
  if (words) words.textContent = words.dataset[what] ?? "";
}

// Photos are left out: they go up once, with the form.
const typedIn = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "drop");

async function save(form, { last = false } = {}) {
  const control = new AbortController();
  timers.delete(form);
  running.get(form)?.abort();
  running.set(form, control);
  const entries = typedIn(form);
  const body = new FormData();
  entries.forEach(([name, value]) => body.append(name, value));
  const item = itemOf(new URL(form.action).pathname, entries);
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.dataset.keeps, { method: "POST", body, headers, keepalive: last, signal: control.signal });
    const isKept = answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isKept && !item) { say(form); return; } // neither there nor here: the page asks before it is left
    if (item) await (isKept ? drop(item.id) : put(item));
    say(form, isKept ? "keptThere" : "keptOut");
    here[isKept ? "delete" : "add"](form);
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!item) { say(form); return; }
    await put(item);
    say(form, "keptHere");
    here.add(form);
  }
  settle(form);
}

function stop() {
  timers.forEach((timer) => clearTimeout(timer));
  running.forEach((control) => control.abort());
  timers.clear();
}

function saveSoon(event) {
  const form = event.target.form;
  if (!form?.matches("[data-keeps]") || event.target.type === "file") return;
  if (form.elements.draft?.value === "") form.elements.draft.value = crypto.randomUUID();
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), rest));
}

function saveNow() {
  for (const [form, timer] of [...timers]) { clearTimeout(timer); save(form, { last: true }); }
}

export function keepWhatIsTyped() {
  document.addEventListener("input", saveSoon);
  document.addEventListener("submit", stop);
  window.addEventListener("online", () => here.forEach((form) => save(form)));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saveNow(); });
}
