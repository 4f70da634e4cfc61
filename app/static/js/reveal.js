// Parts of a form that matter only after a choice, and the button that shows a password.
function update(part) {
  const form = part.closest("form") ?? document;
  const inputs = [...form.querySelectorAll(`[name="${CSS.escape(part.dataset.revealName)}"]`)];
  const wanted = part.dataset.revealValue;
  const isOn = (input) => (["checkbox", "radio"].includes(input.type) ? input.checked : true) && input.value === wanted;
  part.hidden = !inputs.some(isOn);
}

function updateAll() {
  document.querySelectorAll("[data-reveal-name]").forEach(update);
}

function preparePassword(control) {
  const [input, button] = [control.querySelector("input"), control.querySelector("button")];
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}

export function prepareReveals() {
  updateAll();
  document.querySelectorAll("[data-reveal-password]:not([data-ready])").forEach((control) => {
    control.dataset.ready = "1";
    preparePassword(control);
  });
}

document.addEventListener("change", (event) => { if (event.target.name) updateAll(); });
