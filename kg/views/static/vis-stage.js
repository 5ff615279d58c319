// The picture drawn by vis-network, for people who want to drag and shake: same data, same controls, other engine.
// Positions and the view are taken over from it, so that what is saved or printed looks as the picture does.

const canvas = byId("network"); // takes the keyboard; vis-network draws above it
const screen_ = { width: 0, height: 0, ratio: 1 };
const VIS_SHAPES = { square: "square", diamond: "diamond", triangle: "triangle", down: "triangleDown", hexagon: "hexagon", star: "star" };
const DRAWS_ALL = false; // thousands take vis-network minutes
const MARKED = "#ffb000";

let view = { x: 0, y: 0, k: 1 };
let hovered = null;
let dragged = null;
let palette = readPalette();
let network = null;
let frameAsked = false;
let shaking = false;

function measureStage() {
  const box = byId("stage").getBoundingClientRect();
  const [width, height] = [Math.max(1, Math.round(box.width)), Math.max(1, Math.round(box.height))];
  if (screen_.width === width && screen_.height === height) return false;
  Object.assign(screen_, { width, height });
  return true;
}

// The nodes whose names find room below them, as the page's own renderer places names.
let named = new Set();
function chooseNames() {
  named = new Set();
  drawNames({ text() {}, below: (node) => named.add(node) }, view, screen_, palette, null);
}

// vis-network scales everything with the view; sizes here are meant for the screen.
// It keeps HTML in titles out, but knows no ties between ties; those are in the panel and the table.
function visNode(node) {
  const zoom = 1 / view.k;
  const [shown, faded] = [level.node[node] !== HIDDEN, level.node[node] === FADED];
  const colour = nodeColour(node, palette.dark);
  const stands = node === state.selected || (state.highlight && highlighted.has(node));
  return {
    id: node,
    x: X[node],
    y: Y[node],
    hidden: !shown,
    label: shown && !faded && (named.has(node) || changeWord(node)) ? [...linesOf(node, view), changeWord(node)].filter(Boolean).join("\n") : " ",
    shape: VIS_SHAPES[lists.kind[nodes.kind[node]]?.shape] ?? "dot",
    size: (radiusOf(node, view) + 1) * zoom,
    opacity: faded ? PALE.node[palette.dark] : 1,
    borderWidth: (stands ? 3 : 0.3) * zoom,
    color: { background: colour, border: stands ? palette.accent : palette.back, highlight: { background: colour, border: palette.accent } },
    font: { color: palette.ink, strokeColor: palette.back, strokeWidth: 3 * zoom, size: NAME_SIZE * zoom, face: FONT },
    fixed: state.pinned.has(node),
  };
}

// What a scenario does to something, in a word in brackets; vis-network has no bands and frames for it.
function changeWord(thing) {
  return state.highlight && changeOf.has(thing) ? `[${t(`change.${CHANGED[changeOf.get(thing)[0]]}`)}]` : "";
}

// vis-network turns the marks of lines to lie along them; those of exactly level lines it would put into the corner.
const isLevel = (tie) => Y[ties.source[tie]] === Y[ties.target[tie]];

const NO_MARK = " "; // an empty label would leave the one that was there before

function visEdge(tie) {
  const zoom = 1 / view.k;
  const style = tieStyle(tie, palette, 0);
  const against = badgeOf(tie) === AGAINST;
  const mark = (level.tie[tie] === SHOWN && (changeWord(N + tie) || badgeOf(tie))) || NO_MARK;
  const colour = { color: style.stroke, highlight: style.stroke, hover: style.stroke, opacity: style.alpha };
  return {
    id: N + tie,
    from: ties.source[tie],
    to: ties.target[tie],
    hidden: level.tie[tie] === HIDDEN,
    color: colour,
    width: style.width * zoom,
    selectionWidth: zoom,
    dashes: style.dash.length ? style.dash.map((each) => each * zoom) : false,
    arrows: { to: { enabled: !lists.relation[ties.relation[tie]].mutual, scaleFactor: 0.45 } },
    label: mark,
    font: { color: palette.soft, background: mark === NO_MARK ? "none" : palette.back, strokeWidth: 0, size: 12 * zoom, align: isLevel(tie) ? "horizontal" : "middle", bold: true },
    background: { enabled: against, color: MARKED, size: (style.width + 5) * zoom },
    smooth: bend[tie] ? { enabled: true, type: bend[tie] > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.5, Math.abs(bend[tie]) / 120) } : false,
  };
}

const drawable = (tie) => ties.source[tie] < N && ties.target[tie] < N;

// What vis-network holds: everything or, where there is an overview, what is opened; thousands take it minutes.
function heldNodes() {
  return everyNode().filter((node) => !CLUSTERS || level.node[node] !== HIDDEN).map(visNode);
}

function heldEdges() {
  return [...Array(M).keys()].filter((tie) => drawable(tie) && (!CLUSTERS || level.tie[tie] !== HIDDEN)).map(visEdge);
}

function hold(set, items) {
  const held = new Set(items.map(({ id }) => id));
  set.remove(set.getIds().filter((id) => !held.has(id)));
  set.update(items);
}

function startEngine() {
  const data = { nodes: new vis.DataSet(heldNodes()), edges: new vis.DataSet(heldEdges()) };
  network = new vis.Network(byId("vis"), data, {
    autoResize: false,
    physics: { enabled: false, barnesHut: { gravitationalConstant: -9000, springLength: 120, avoidOverlap: 0.4 } },
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, tooltipDelay: 1e9 },
  });
  network.body.data = data;
  for (const element of byId("vis").querySelectorAll("[tabindex]")) element.removeAttribute("tabindex"); // #network has the keyboard
  network.on("beforeDrawing", drawBehind);
  listen();
}

// What a layout's places mean, outlines and closed communities, below what vis-network draws, where it has the view just now.
function drawBehind(surface) {
  const { x, y } = network.getViewPosition();
  const k = network.getScale();
  surface.save();
  surface.setTransform(surface.canvas.width / screen_.width, 0, 0, surface.canvas.height / screen_.height, 0, 0);
  const [own, at] = [new CanvasSurface(surface), { x: screen_.width / 2 - x * k, y: screen_.height / 2 - y * k, k }];
  drawGuides(own, at, palette);
  drawOutlines(own, at, palette);
  nameGuides(own, at, palette);
  nameOutlines(own, new Room(), palette);
  atOnce(overviewing(own, at, screen_, palette));
  surface.restore();
}

function showFrame() {
  if (state.view !== "picture") return;
  chooseNames();
  if (!network) startEngine();
  hold(network.body.data.nodes, heldNodes());
  hold(network.body.data.edges, heldEdges());
  const { nodes: heldNow, edges: heldTies } = network.body.data;
  if (state.selected === null || !(state.selected < N ? heldNow : heldTies).get(state.selected)) network.unselectAll();
  else network.setSelection({ nodes: state.selected < N ? [state.selected] : [], edges: state.selected < N ? [] : [state.selected] });
  network.moveTo({ position: { x: (screen_.width / 2 - view.x) / view.k, y: (screen_.height / 2 - view.y) / view.k }, scale: view.k });
}

function askFrame() {
  if (frameAsked) return;
  frameAsked = true;
  requestAnimationFrame(() => {
    frameAsked = false;
    showFrame();
  });
}
const redraw = askFrame;
const moving = askFrame;

// Takes over where vis-network has the nodes and what part of them it shows.
function takeOver() {
  const places = network.getPositions();
  for (const [node, place] of Object.entries(places)) [X[node], Y[node]] = [place.x, place.y];
  const { x, y } = network.getViewPosition();
  const k = network.getScale();
  view = { x: screen_.width / 2 - x * k, y: screen_.height / 2 - y * k, k };
}

let panelWasOpen = false;
function resizeStage() {
  if (!measureStage()) return false;
  if (network) network.setSize(`${screen_.width}px`, `${screen_.height}px`);
  const open = state.selected !== null;
  if (open === panelWasOpen) applyCamera();
  panelWasOpen = open;
  redraw();
  return true;
}
