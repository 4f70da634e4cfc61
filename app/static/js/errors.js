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
