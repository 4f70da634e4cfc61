// Asks before a page with unsent text is left. Only forms marked data-confirm-leave, only after something was typed.
// A form marked data-drops-drafts throws away what was typed on purpose.
const unsent = new Set();

export function guardDrafts() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-confirm-leave")) unsent.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-drops-drafts")) unsent.clear();
    unsent.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...unsent].some((form) => form.isConnected)) event.preventDefault();
  });
}
