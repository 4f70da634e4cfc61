// After a refused form the summary takes the focus, so that it is read first; its links move the focus to the field.
export function focusErrors() {
  const summary = document.querySelector("[data-error-summary]:not([data-seen])");
  if (!summary) return;
  summary.dataset.seen = "1";
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = event.target.closest("a")?.hash.slice(1);
    const field = target && document.getElementById(decodeURIComponent(target));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.closest(".field")?.scrollIntoView({ block: "start" });
  });
}

// A file that is fetched leaves the page as it was: the form is cleared, and what an earlier try was told goes with it.
export function clearAfterFile() {
  document.addEventListener("submit", ({ target }) => {
    if (!target.hasAttribute("data-file")) return;
    setTimeout(() => {
      target.reset();
      target.querySelectorAll("[data-error-summary], .field-error").forEach((one) => one.remove());
      target.querySelectorAll(".field-invalid").forEach((one) => one.classList.remove("field-invalid"));
      target.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    });
  });
}
