// Asks before a page with unsent text is left. Only forms marked data-confirm-leave, only after something was typed that
// is not kept yet.
const unsent = new Set(); // marked "now" from the start: such a form carries what was typed on the page before

export const settle = (form) => unsent.delete(form);
export const unsettle = (form) => { if (form.hasAttribute("data-confirm-leave")) unsent.add(form); };

export function guardDrafts() {
  document.querySelectorAll('form[data-confirm-leave="now"]').forEach((form) => unsent.add(form));
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-confirm-leave")) unsent.add(form);
  });
  document.addEventListener("submit", (event) => settle(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...unsent].some((form) => form.isConnected)) event.preventDefault();
  });
}
