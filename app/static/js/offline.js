// The page without a network: what waits on this phone, and a form for one more question. Text is shown only as long as
// its writer would still be signed in; after that only how much waits.
import { all, drop, owner, put, itemOf } from "./store.js";

const [list, form, empty] = ["unsent-list", "offline-form", "offline-nobody"].map((id) => document.getElementById(id));
let label = "";

function row(item) {
  const line = document.getElementById("unsent-row").content.cloneNode(true);
  line.querySelector("[data-unsent-title]").textContent = item.title || list.dataset.untitled;
  const [open, gone] = [line.querySelector("[data-unsent-open]"), line.querySelector("[data-unsent-drop]")];
  open.hidden = item.kind !== "ask";
  open.addEventListener("click", () => write(item));
  gone.addEventListener("click", async () => { if (window.confirm(list.dataset.sure)) { await drop(item.id); await show(); } });
  return line;
}

function write(item) {
  form.reset();
  item.fields.forEach(([name, value]) => { if (form.elements[name] && typeof value === "string") form.elements[name].value = value; });
  form.rest = item.fields.filter(([name]) => !form.elements[name]); // what was chosen on the full form stays as it was
  form.elements.title.focus();
}

async function show() {
  const [found, items] = [await owner(), await all()];
  const isOpen = Boolean(found) && Date.now() < found.until;
  label = isOpen ? found.label : "";
  const mine = items.filter((one) => one.label === label);
  list.hidden = !items.length;
  list.querySelector("h2").textContent = list.dataset.count.replace("#", String(isOpen ? mine.length : items.length));
  list.querySelector("ul").replaceChildren(...mine.map(row));
  list.hidden = isOpen ? !mine.length : !items.length;
  [form.hidden, empty.hidden] = [!isOpen, isOpen];
}

async function keep() {
  const entries = [...new FormData(form), ...(form.rest ?? [])].filter(([name, value]) => name !== "phone" && value);
  if (!label || !entries.some(([name]) => name === "title" || name.startsWith("field_"))) return;
  if (!form.elements.draft.value) form.elements.draft.value = crypto.randomUUID();
  const sent = [...entries.filter(([name]) => name !== "draft"), ["draft", form.elements.draft.value], ["phone", label]];
  await put(itemOf("/ask/preview", sent));
}

async function submit(event) {
  event.preventDefault();
  await keep();
  form.reset();
  form.elements.draft.value = "";
  form.rest = [];
  await show();
  list.querySelector("h2").focus();
  comeBack();
}

// The page that was wanted, or the one whose form was kept, as soon as the service answers; never from under
// somebody's fingers.
async function wanted() {
  if (location.pathname !== "/offline") return location.href;
  const last = location.hash === "#kept" ? (await all()).filter((one) => one.label === label).at(-1) : null;
  return last?.fields.find(([name, value]) => name === "back" && /^\/[^/\\]/.test(value))?.[1] ?? "/ask";
}
const isLost = location.hash === "#lost"; // what was to be sent is known only to who wrote it: they go on themselves
async function comeBack() {
  if (!navigator.onLine || isLost || form.contains(document.activeElement)) return;
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  await keep();
  location.replace(await wanted());
}

let timer = 0;
form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 600); });
form.addEventListener("submit", (event) => { clearTimeout(timer); submit(event); });
window.addEventListener("online", comeBack);
if (location.pathname !== "/offline" || location.hash) setInterval(comeBack, 3000); // not where somebody opened this very page
document.getElementById("offline-lost").hidden = !isLost;
show();
