// Start, and what happens when something is chosen.

// Shows what depends on the thing that changed.
function changed(what) {
  if (what === "filters") {
    applyFilters();
    showFilters();
  }
  showTables();
  markFigures();
  showPanel();
  rememberState();
}

function showEverything() {
  document.documentElement.dataset.theme = state.theme;
  byId("theme").value = state.theme;
  byId("language").value = lang;
  byId("search").value = state.find;
  translateShell();
  for (const id of ["how", "help-own"]) byId(id).textContent = text(page.help);
  for (const link of document.querySelectorAll("[data-link]")) link.textContent = text(page.links[link.dataset.link][1]);
  for (const what of document.querySelectorAll("[data-what]")) what.textContent = text(page.links[what.dataset.what][2]);
  for (const count of document.querySelectorAll("[data-count]")) count.textContent = text(page.links[count.dataset.count][3]);
  followOnLinks();
  showPassedOver();
  applyFilters();
  showFilters();
  showFigures();
  showTables();
  markFigures();
  showPanel();
}

byId("language").addEventListener("change", (event) => {
  lang = event.target.value;
  showEverything();
  rememberState();
});
byId("theme").addEventListener("change", (event) => {
  state.theme = event.target.value;
  showEverything();
  rememberState();
});
for (const query of [matchMedia("(prefers-color-scheme: dark)"), narrowScreen]) {
  query.addEventListener("change", () => {
    showFigures();
    markFigures();
  });
}
byId("help-button").addEventListener("click", () => byId("help").showModal());
byId("to-picture").addEventListener("click", () => byId("main").focus());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || byId("help").open) return;
  if (byId("save-menu").open) byId("save-menu").open = false;
  else if (state.selected.length) closePanel();
});
document.addEventListener("click", (event) => {
  if (!byId("save-menu").contains(event.target)) byId("save-menu").open = false;
});
window.addEventListener("hashchange", () => {
  stateFromHash(location.hash);
  findPassedOver(location.hash);
  showEverything();
});

filterBox.open = !narrowScreen.matches;
stateFromHash(location.hash);
findPassedOver(location.hash);
showEverything();
document.documentElement.dataset.ready = "true";
