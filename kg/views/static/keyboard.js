// The picture by keyboard: arrows walk along ties, a live region says where one is.

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
let lastSaid = "";

function say(words) {
  lastSaid = words === lastSaid ? `${words}\u00a0` : words; // the same words again are said again
  byId("live").textContent = lastSaid;
}

function describe(thing) {
  if (thing >= N) return `${tieName(thing - N)}. ${[changeText(thing), ...tieFacts(thing - N)].filter(Boolean).join(", ")}.`;
  const own = tiesAt[thing].filter((tie) => passes.tie[tie]);
  const type = nodes.type[thing] >= 0 ? entryName("type", nodes.type[thing]) : "";
  const where = nodes.country[thing].map((country) => entryName("country", country)).join(", ");
  return [nodeName(thing), changeText(thing), [type, where].filter(Boolean).join(", "), t("panel.relations", { n: own.length })].filter(Boolean).join(". ");
}

// The neighbours of a node along ties that pass, each with the tie that leads there.
function neighbours(node) {
  const found = new Map();
  for (const tie of tiesAt[node]) {
    const other = otherEnd(tie, node);
    if (!passes.tie[tie] || other >= N || other === node || found.has(other)) continue;
    found.set(other, tie);
  }
  return found;
}

// The neighbour that lies best in a direction: near its line, and near.
function neighbourTowards(node, [right, down]) {
  let best = null;
  let least = Infinity;
  for (const [other, tie] of neighbours(node)) {
    const [dx, dy] = [X[other] - X[node], Y[other] - Y[node]];
    const distance = Math.hypot(dx, dy) || 1;
    const aim = (dx * right + dy * down) / distance;
    if (aim < 0.5) continue; // within 60 degrees
    const cost = distance / (aim * aim);
    if (cost < least) [best, least] = [{ node: other, tie }, cost];
  }
  return best;
}

function mostConnected(shown = visibleNodes()) {
  return shown.length ? shown.reduce((best, node) => (degree[node] > degree[best] ? node : best)) : null;
}

function walk(direction) {
  const from = state.selected !== null && state.selected < N ? state.selected : null;
  if (from === null) {
    const start = state.selected === null ? mostConnected() : ties.source[state.selected - N];
    if (start !== null && start < N) go(start);
    return;
  }
  const next = neighbourTowards(from, direction);
  if (!next) return say(t("keyboard.nobody"));
  go(next.node, next.tie);
}

function go(node, tie) {
  select(node, false);
  const via = tie === undefined ? "" : `${text(lists.relation[ties.relation[tie]].label)} (${SIGN_MARK[ties.sign[tie]]}). `;
  say(via + describe(node));
}

// To the next actor by name, whether a tie leads there or not.
function step(by) {
  const order = new Intl.Collator(lang);
  const shown = visibleNodes().sort((a, b) => order.compare(nodeName(a), nodeName(b)));
  if (!shown.length) return;
  const at = shown.indexOf(state.selected);
  go(shown[at < 0 ? 0 : (at + by + shown.length) % shown.length]);
}

const KEYS = {
  Home: () => mostConnected() !== null && go(mostConnected()),
  PageDown: () => step(1),
  PageUp: () => step(-1),
  Enter: () => state.selected !== null && byId("panel-title")?.focus(),
  "+": () => zoomMiddle(1.25),
  "=": () => zoomMiddle(1.25),
  "-": () => zoomMiddle(0.8),
  0: () => byId("fit").click(),
  f: () => state.selected !== null && state.selected < N && focusOn(state.selected),
  1: () => setSteps(1),
  2: () => setSteps(2),
  3: () => setSteps(3),
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = ARROWS[event.key] ? () => walk(ARROWS[event.key]) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Escape takes back one thing at a time: a menu, the selection, the last focus.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || byId("help").open) return;
  if (!byId("tip").hidden) hideTip();
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (state.selected !== null) {
    panel.contains(document.activeElement) ? leavePanel() : select(null);
    say(t("selection.off"));
  } else if (state.trail.length) {
    back(state.trail.length - 1);
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
