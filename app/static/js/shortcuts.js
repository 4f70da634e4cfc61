// Keys for those who work through a list. Ctrl+Enter sends the form being written, everywhere. Single letters work
// only on a page that has the list which ? opens, never inside a field, never while an input method is composing, and
// can be switched off in that list.
//
//   [data-shortcut-item]  one entry of the list        j k   walk
//   [data-shortcut-open]  its link                     o     open
//   [data-key="r"], [data-key="e"]  where to write, where to hand back; in a list, those of the entry's own page
//   .back                                              u     back to the list
//   input[type=search], or the page that has one       /     search
const offKey = "shiome-keys";
const isOff = () => localStorage.getItem(offKey) === "off";
// a dialog that has just closed may hold the focus for a moment: nobody writes in what cannot be seen
const isField = (target) =>
  target.getClientRects().length > 0 && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const help = () => document.getElementById("keys-help");
const items = () => [...document.querySelectorAll("[data-shortcut-item]")];
const currentItem = () => document.activeElement?.closest("[data-shortcut-item]");
const openLink = () => currentItem()?.querySelector("[data-shortcut-open]");

function walk(step) {
  const all = items();
  const at = all.indexOf(currentItem());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  (next?.querySelector("[data-shortcut-open]") ?? next)?.focus();
}

function goTo(key, place) {
  const here = document.querySelector(`[data-key="${key}"]`);
  const link = openLink();
  if (here) here.focus();
  else if (link) location.assign(`${link.href}#${place}`);
}

function search() {
  const field = document.querySelector("input[type=search]");
  if (field) field.focus();
  else location.assign(help().dataset.search);
}

const actions = {
  j: () => walk(1),
  k: () => walk(-1),
  o: () => openLink()?.click(),
  r: () => goTo("r", "answer"),
  e: () => goTo("e", "pass"),
  u: () => document.querySelector(".back")?.click(),
  "/": search,
  "?": () => help().showModal(),
};

function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  if (!help() || document.querySelector("dialog[open]")) return;
  if (event.key !== "?" && isOff()) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

export function listenForShortcuts() {
  document.addEventListener("keydown", onKey);
  document.querySelectorAll("[data-keys-toggle]").forEach((box) => {
    box.checked = !isOff();
    box.addEventListener("change", () => localStorage.setItem(offKey, box.checked ? "on" : "off"));
  });
}
