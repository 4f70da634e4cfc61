// Asks before a page with unsent text is left. Only forms marked data-confirm-leave, only after something was typed that
// is not kept yet.
const unsent = new Set();

export const settle = (form) => unsent.delete(form);
export const unsettle = (form) => { if (form.hasAttribute("data-confirm-leave")) unsent.add(form); };

export function guardDrafts() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-confirm-leave")) unsent.add(form);
  });
  document.addEventListener("submit", (event) => settle(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...unsent].some((form) => form.isConnected)) event.preventDefault();
  });
}
