// Everything here only adds to pages that already work without it. Handlers sit on the document, so content that
// htmx swaps in later needs no wiring of its own; what must be prepared is prepared again after each swap.
import { prepareAutosize } from "./autosize.js";
import { guardDrafts } from "./confirm-leave.js";
import { takeCode } from "./code-from-address.js";
import { prepareCounters } from "./counter.js";
import { clearAfterFile, focusErrors } from "./errors.js";
import { keepWhatIsTyped } from "./keeping.js";
import { sayWhatIsNotSent } from "./not-sent.js";
import { shrinkPhotos } from "./photos.js";
import { prepareReveals } from "./reveal.js";
import { prepareScrollers } from "./scrollers.js";
import { listenForShortcuts } from "./shortcuts.js";
import { sendOnce } from "./submit-once.js";
import { registerWorker, sendWhatIsUnsent } from "./unsent.js";

function prepare() {
  prepareAutosize();
  prepareCounters();
  prepareReveals();
  prepareScrollers();
  focusErrors();
}

guardDrafts();
sendOnce();
sayWhatIsNotSent();
shrinkPhotos();
listenForShortcuts();
keepWhatIsTyped();
takeCode();
clearAfterFile();
prepare();
sendWhatIsUnsent();
registerWorker().catch(() => {}); // without it the pages work as before, but only with a network
document.addEventListener("htmx:after:swap", prepare);
