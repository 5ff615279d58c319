// Layouts: where nodes stand, and the way from one layout to another.

const MOVE = 650; // milliseconds on the way
const MOVE_AT_MOST = 3000; // nodes; more jump
// Where the present layout puts each node; what is dragged away comes back here.
const home = { x: X.slice(), y: Y.slice(), guides: [], aside: new Set(), step: 0, group: "" };
const keptPins = new Map(); // layout to the pins that it had when the reader left it
let moves = 0;

function layoutChoices() {
  return [
    "force",
    ...(page.quadrants.length ? ["power"] : []),
    ...GROUPED.filter((name) => new Set(nodes[name].flat()).size > 1).map((name) => `by.${name}`),
    ...(M ? ["radial"] : []),
    ...(span ? ["timeline"] : []),
  ];
}

function layoutName(layout) {
  return layout.startsWith("by.") ? t("layout.by", { what: t(`facet.${layout.slice(3)}`).toLocaleLowerCase(lang) }) : t(`layout.${layout}`);
}

// Coordinates and guides of a layout; visible relations count where relations do.
function arranged(layout) {
  if (layout === "power") return arrangeByPower();
  if (layout.startsWith("by.")) return arrangeByGroup(layout.slice(3));
  if (layout === "radial") return arrangeAround(state.centre);
  if (layout === "timeline") return arrangeOverTime();
  return { x: Float64Array.from(nodes.x), y: Float64Array.from(nodes.y), guides: [], aside: new Set(), group: "" };
}

function chooseLayout(layout) {
  keptPins.set(state.layout, [...state.pinned].map((node) => [node, X[node], Y[node]]));
  if (layout === "radial") state.centre = state.selected !== null && state.selected < N ? state.selected : state.trail.at(-1) ?? mostConnected() ?? 0;
  openFor(layout);
  state.layout = layout;
  state.pinned = new Set((keptPins.get(layout) ?? []).map(([node]) => node));
  state.camera = null;
  settle(keptPins.get(layout) ?? [], true);
  showButtons();
  showOverview();
  rememberState();
  say(t("layout.said", { name: layoutName(layout) }));
}

// A community has its place in the layout by relations alone: the others show its members, each where it belongs.
let openedBefore = new Set();
function openFor(layout) {
  if (!CLUSTERS || !DRAWS_ALL || (layout === "force") === (state.layout === "force")) return;
  if (layout === "force") state.open = openedBefore;
  else [openedBefore, state.open] = [state.open, new Set(discs.keys())];
}

// Takes the places of the present layout, pinned nodes theirs; on the way there where it is short and wanted.
function settle(pins, animated) {
  const from = { x: X.slice(), y: Y.slice(), view };
  Object.assign(home, arranged(state.layout));
  applyLevels();
  X.set(home.x);
  Y.set(home.y);
  for (const [node, x, y] of pins) [X[node], Y[node]] = [x, y];
  moves += 1;
  if (!animated) return;
  countDiscs();
  fitAll();
  if (N > MOVE_AT_MOST || state.view !== "picture" || matchMedia("(prefers-reduced-motion: reduce)").matches) return void redraw();
  travel(from, { x: X.slice(), y: Y.slice(), view }, moves, performance.now());
}

function travel(from, to, own, start) {
  if (own !== moves) return; // another layout was chosen meanwhile
  const passed = Math.min(1, (performance.now() - start) / MOVE);
  const share = passed * passed * (3 - 2 * passed);
  const between = (a, b) => a + (b - a) * share;
  for (let node = 0; node < N; node++) {
    if (node === dragged) continue;
    X[node] = between(from.x[node], to.x[node]);
    Y[node] = between(from.y[node], to.y[node]);
  }
  view = { x: between(from.view.x, to.view.x), y: between(from.view.y, to.view.y), k: between(from.view.k, to.view.k) };
  redraw();
  if (passed < 1) requestAnimationFrame(() => travel(from, to, own, start));
}

// Where guides reach, so that they fit into the picture as well.
function guidePoints() {
  if (inFocus) return NONE;
  return home.guides.flatMap(({ name, x, y, path, circle: [cx, cy, r] = [] }) => [
    ...(name ? [{ x, y }] : []),
    ...(path ?? []).map(([px, py]) => ({ x: px, y: py })),
    ...(r ? [{ x: cx - r, y: cy - r }, { x: cx + r, y: cy + r }] : []),
  ]);
}

// Where the names of guides go: one that would cover an earlier one a line farther off, or two, unless it belongs on a line;
// else nowhere.
const GUIDE_LINE = 19;
const TRIES = 3;
function guideNames(view) {
  const placed = [];
  for (const { name, x, y, align, weight, side } of home.guides) {
    if (!name) continue;
    const words = name();
    const wide = widthOf(words, 600) * 1.1;
    const left = x * view.k + view.x - (align === "left" ? 0 : align === "right" ? wide : wide / 2);
    const middle = y * view.k + view.y;
    const [first, step] = { below: [middle + 3, GUIDE_LINE], above: [middle - 21, -GUIDE_LINE] }[side] ?? [middle - 9, -GUIDE_LINE];
    for (let line = 0; line < (side === "on" ? 1 : TRIES); line++) {
      const top = first + line * step;
      const box = { left, right: left + wide, top, bottom: top + 18, node: -1 };
      if (placed.some(({ box: o }) => o.left < box.right && o.right > box.left && o.top < box.bottom && o.bottom > box.top)) continue;
      placed.push({ words, weight, box });
      break;
    }
  }
  return placed;
}

// Lines, areas and names behind the nodes that say what a place means.
function drawGuides(surface, view, palette) {
  const at = (x, y) => [x * view.k + view.x, y * view.k + view.y];
  for (const guide of home.guides) {
    if (guide.area) {
      surface.begin({ fill: palette.line, alpha: 0.22 });
      guide.path.forEach(([x, y], i) => surface[i ? "line" : "move"](...at(x, y)));
      surface.close();
      surface.end();
    }
    surface.begin({ stroke: palette.line, width: 1 });
    if (guide.path) guide.path.forEach(([x, y], i) => surface[i ? "line" : "move"](...at(x, y)));
    if (guide.circle) surface.circle(...at(guide.circle[0], guide.circle[1]), guide.circle[2] * view.k);
    surface.end();
  }
  const box = state.layout === "power" && state.selected < N && state.selected !== null ? intervalBox(state.selected) : null;
  if (!box) return;
  // Where the selected node may be: the assessment is no more exact than this.
  const corners = [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]];
  for (const style of [{ fill: palette.accent, alpha: 0.1 }, { stroke: palette.accent, width: 2, dash: [5, 4] }]) {
    surface.begin(style);
    corners.forEach((corner, i) => surface[i ? "line" : "move"](...at(...corner)));
    surface.close();
    surface.end();
  }
}

// The names of guides, above ties and nodes.
function nameGuides(surface, view, palette) {
  for (const { words, weight, box } of guideNames(view)) {
    surface.text((box.left + box.right) / 2, box.top + 9, words, { size: 13, weight: weight ?? 600, fill: palette.soft, halo: palette.back });
  }
}
