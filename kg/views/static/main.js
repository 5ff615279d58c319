// Start: what stands around the picture; and what happens when something is chosen.

// Recomputes and shows what depends on the thing that changed.
function changed(what) {
  if (what === "selection") applyLevels();
  else applyFilters();
  if (what === "filters") say(countsText());
  updateLegend();
  showAround();
  redraw();
  rememberState();
}

// What stands around the picture and follows the state.
function showAround() {
  showPanel();
  showTrail();
  showCounts();
  showButtons();
  showStory();
  showOverview();
  showPassedOver();
  if (state.view === "table") showTable();
}

let toBring = null; // what is chosen and not brought into the picture yet
function select(thing, speak = true) {
  state.selected = toBring = thing;
  changed("selection");
  if (thing !== null && isPassing(thing)) {
    requestAnimationFrame(() => {
      if (state.selected !== thing) return;
      resizeStage(); // the panel may have taken room
      if (toBring === thing) bringIntoView(thing);
    });
  }
  if (thing !== null && speak) say(describe(thing));
}

function focusOn(node) {
  if (state.trail.at(-1) !== node) state.trail = [...state.trail.filter((each) => each !== node), node];
  refocus(t("focus.on", { name: nodeName(node) }));
}

// Back to an earlier focus: the first `length` of the trail stay.
function back(length) {
  state.trail = state.trail.slice(0, length);
  refocus(length ? t("focus.on", { name: nodeName(state.trail.at(-1)) }) : t("focus.off"));
}

function setSteps(steps) {
  state.steps = steps;
  if (state.trail.length) refocus(t("focus.steps.said", { n: steps }));
  else changed("focus");
}

function refocus(words) {
  state.camera = null;
  if (state.layout === "radial" && state.trail.length) chooseLayout("radial");
  changed("focus");
  fitAll();
  toBring = null; // all of the focus is in the picture
  say(words);
}

function showEverything() {
  clearFilters();
  state.trail = [];
  refocus(t("focus.off"));
}

// All that passes, in one picture.
function showWhole() {
  fitAll();
  if (litNodes().length) rememberCamera(); // without a place of its own the picture opens on what is highlighted
  redraw();
  rememberState();
}

// Where one is: everything, then the actors focused one after the other.
function showTrail() {
  byId("trail").hidden = !state.trail.length;
  const crumb = (name, length) => el("li", {}, length === state.trail.length
    ? el("span", { "aria-current": "true" }, plain(name))
    : el("button", { type: "button", class: "link", onclick: () => (back(length), focusView()) }, plain(name)));
  const crumbs = state.trail.map((node, place) => crumb(nodeShort(node), place + 1));
  byId("crumbs").replaceChildren(crumb(t("focus.everything"), 0), ...crumbs);
  for (const steps of [1, 2, 3]) byId(`steps-${steps}`).setAttribute("aria-pressed", String(steps === state.steps));
}

// How much is shown, and of which years where not of all.
function countsText() {
  const shown = { nodes: number(visibleNodes().length), allNodes: number(N), ties: number(visibleTies().length), allTies: number(M) };
  const counts = t("counts", shown);
  return state.years ? t("counts.years", { counts, years: yearsText(...state.years) }) : counts;
}

function showCounts() {
  byId("counts").textContent = countsText();
  showNothing();
}

function showButtons() {
  byId("unpin").hidden = !state.pinned.size;
  byId("highlight").hidden = !page.highlight.length;
  byId("highlight-on").checked = state.highlight;
  byId("highlight-name").textContent = highlightText();
  byId("show-picture").setAttribute("aria-pressed", String(state.view === "picture"));
  byId("show-table").setAttribute("aria-pressed", String(state.view === "table"));
  byId("theme").value = state.theme;
  byId("language").value = lang;
  followOnLinks();
}

function showView() {
  byId("stage").hidden = state.view !== "picture";
  byId("tables").hidden = state.view !== "table";
  if (state.view === "table") showTable();
  else if (!resizeStage()) redraw();
  showNothing();
}

// The keyboard goes on in what is shown.
function focusView() {
  byId(state.view === "picture" ? "network" : "table").focus();
}

function setTheme(theme) {
  state.theme = theme;
  document.documentElement.dataset.theme = theme;
  palette = readPalette();
}

function* shellParts() {
  yield translateShell();
  yield buildAppearance();
  yield buildLegend();
  showAround();
}
const buildShell = () => atOnce(shellParts());

// Everything as the address says, at the start and when the reader changes the address.
async function restore() {
  const wanted = location.hash.length > 1 ? location.hash : page.story.length ? storyHash(0) : page.state;
  stateFromHash(wanted);
  setTheme(state.theme);
  await calm();
  applyFilters();
  await calm();
  settle([], false);
  restorePinned(pinnedInHash);
  await calm();
  countDiscs();
  measureStage();
  applyCamera();
  panelWasOpen = state.selected !== null; // the view fits what it leaves
  return wanted;
}

byId("language").addEventListener("change", (event) => {
  lang = event.target.value;
  buildShell();
  redraw();
  rememberState();
});
byId("theme").addEventListener("change", (event) => {
  setTheme(event.target.value);
  buildAppearance();
  buildLegend();
  changed("theme");
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  setTheme(state.theme);
  buildLegend();
  redraw();
});
for (const name of ["picture", "table"]) {
  byId(`show-${name}`).addEventListener("click", () => {
    state.view = name;
    showView();
    showButtons();
    rememberState();
  });
}
for (const steps of [1, 2, 3]) byId(`steps-${steps}`).addEventListener("click", () => setSteps(steps));
byId("zoom-in").addEventListener("click", () => zoomMiddle(1.3));
byId("zoom-out").addEventListener("click", () => zoomMiddle(1 / 1.3));
byId("fit").addEventListener("click", showWhole);
byId("unpin").addEventListener("click", () => {
  restorePinned([]);
  changed("pins");
  focusView(); // the button is gone
});
byId("highlight-on").addEventListener("change", (event) => {
  state.highlight = event.target.checked;
  if (!state.camera) applyCamera();
  changed("selection");
});
byId("help-button").addEventListener("click", () => byId("help").showModal());
byId("to-picture").addEventListener("click", focusView);
window.addEventListener("hashchange", async () => {
  findPassedOver(await restore());
  buildShell();
  showView();
});

const asked = await restore();
if (!opensPlainly) await firstFrame();
bare = false;
await calm();
redraw();
await calm();
countForLegend();
await calm();
findPassedOver(asked);
await calmly(shellParts());
if (state.view === "table") showView();
document.documentElement.dataset.ready = "true"; // now the shell is there as well
new ResizeObserver(resizeStage).observe(byId("stage"));
