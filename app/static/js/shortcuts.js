// Keys for those who work through a list. Ctrl+Enter sends the form being written, everywhere. Single letters work
// only on a page that holds [data-shortcuts], never inside a field, never while an input method is composing, and
// can be switched off in the list that ? opens.
//
//   [data-shortcut-item]  one entry of the list        j k   walk
//   [data-shortcut-open]  its link                     o     open
const offKey = "shiome-keys";
const isOff = () => localStorage.getItem(offKey) === "off";
const isField = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const items = () => [...document.querySelectorAll("[data-shortcut-item]")];
const currentItem = () => document.activeElement?.closest("[data-shortcut-item]");

function walk(step) {
  const all = items();
  const at = all.indexOf(currentItem());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  next?.querySelector("[data-shortcut-open]")?.focus();
}

const actions = {
  j: () => walk(1),
  k: () => walk(-1),
  o: () => currentItem()?.querySelector("[data-shortcut-open]")?.click(),
  "?": () => document.getElementById("keys-help")?.showModal(),
};

function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  if (!document.querySelector("[data-shortcuts]") || document.querySelector("dialog[open]")) return;
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
