/** Everything here only eases what already works without it. */
import { closeMenus } from "./menus.js";
import { copyText } from "./copy-text.js";
import { takeDrops } from "./drop-zone.js";
import { focusErrors } from "./focus-errors.js";
import { leaveWhenSignedOut } from "./signed-out.js";
import { openSearch } from "./search-box.js";
import { sortTables } from "./sort-table.js";
import { submitOnChange } from "./submit-on-change.js";
import { submitOnce } from "./submit-once.js";
import { guardTyped } from "./typed-store.js";
import { keepTypedForms } from "./keep-typed.js";
import { guardUnsaved } from "./unsaved.js";

closeMenus();
copyText();
takeDrops();
focusErrors();
leaveWhenSignedOut();
openSearch();
sortTables();
submitOnChange();
submitOnce();
guardUnsaved();
// After the guard has seen the forms as they came: what is put back is unsaved.
guardTyped();
keepTypedForms();
