// A code that came in the part of an address that no server is sent: printed letters and `shiome setup` put it after #.
// It is taken out of the address bar at once, waits in this tab for the page with its field, and ends with the tab.
const KEPT = "code-from-address";
const CODE = /^#([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,4})$/i;

export function takeCode() {
  const found = CODE.exec(location.hash);
  if (found) {
    sessionStorage.setItem(KEPT, found[1].toUpperCase());
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  const field = document.querySelector("[data-code-from-address]");
  const code = sessionStorage.getItem(KEPT);
  if (!field || !code) return;
  if (!field.value) field.value = code;
  const way = document.querySelector(`input[name="way"][value="${CSS.escape(field.dataset.codeFromAddress)}"]`);
  if (way) way.checked = true;
  field.form?.addEventListener("submit", () => sessionStorage.removeItem(KEPT));
}
