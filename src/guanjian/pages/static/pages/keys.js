// The keyboard in a queue: J and K walk the rows, Enter opens, / goes to the search. Without it every page still works.
(function () {
  "use strict";
  let at = -1;
  const rows = () => Array.from(document.querySelectorAll("table[data-keys] tbody tr"));
  function walk(by) {
    const all = rows();
    if (!all.length) return;
    if (all[at]) all[at].classList.remove("is-at");
    at = Math.max(0, Math.min(all.length - 1, at + by));
    all[at].classList.add("is-at");
    all[at].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", function (event) {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "Enter" && rows()[at] && !event.target.closest("a, button, summary")) rows()[at].querySelector("a").click();
    else if (event.key === "/") {
      const find = document.querySelector("main input[type=search]") || document.getElementById("find");
      if (find) { find.focus(); event.preventDefault(); }
    }
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.me[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  const here = document.querySelector(".menu a[aria-current]");
  if (here && here.parentElement.scrollWidth > here.parentElement.clientWidth) here.parentElement.scrollLeft = here.offsetLeft - 24;
  document.addEventListener("htmx:afterSettle", function () {
    const refused = document.querySelector("[role=alert]");
    if (refused) refused.focus();
  });
})();
