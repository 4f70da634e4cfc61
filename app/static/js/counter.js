// Says how many characters are left. Counts characters as people see them, so that an emoji is one.
const segmenter = new Intl.Segmenter("ja", { granularity: "grapheme" });
const timers = new WeakMap();

function show(box) {
  const counter = document.getElementById(box.dataset.counter);
  if (!counter) return;
  // Sent line ends are two characters, typed ones are one; the limit speaks of typed ones.
  const left = Number(box.dataset.max) - [...segmenter.segment(box.value)].length;
  const words = left < 0 ? counter.dataset.over : counter.dataset.left;
  counter.textContent = words.replace("#", String(Math.abs(left)));
  counter.classList.toggle("counter-over", left < 0);
}

function showSoon(box) {
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => show(box), 200));
}

export function prepareCounters() {
  document.querySelectorAll("textarea[data-counter]").forEach((box) => {
    if (!box.dataset.counted) box.addEventListener("input", () => showSoon(box));
    box.dataset.counted = "1";
    show(box);
  });
}
