// A wide code block scrolls inside itself; it must take the focus so that arrow keys can move it.
export function prepareScrollers() {
  document.querySelectorAll(".prose pre").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });
}
