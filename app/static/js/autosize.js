// Text boxes grow with their text. Browsers that know field-sizing do it in the style sheet alone.
const nativeSizing = CSS.supports("field-sizing", "content");

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

export function prepareAutosize() {
  if (nativeSizing) return;
  document.querySelectorAll("textarea[data-autosize]").forEach((box) => {
    if (!box.dataset.sized) box.addEventListener("input", () => fit(box));
    box.dataset.sized = "1";
    if (box.value) fit(box);
  });
}
