import { focusErrors } from "./focus-errors.js";
import { submitOnChange } from "./submit-on-change.js";
import { submitOnce } from "./submit-once.js";
import { guardUnsaved } from "./unsaved.js";

document.documentElement.classList.add("js");
focusErrors(document);
submitOnChange(document);
submitOnce(document);
guardUnsaved(document);
