// The picture on the screen. A whole drawing is kept; while something moves it is only shifted and scaled.

const canvas = byId("network");
const context = canvas.getContext("2d", { alpha: false });
const blankSurface = () => document.createElement("canvas").getContext("2d", { alpha: false });
let kept = blankSurface();
let coming = null; // where a drawing that takes long is made, until it takes the place of the kept one
const screen_ = { width: 0, height: 0, ratio: 1 };
const MARGIN = 0.2; // how much more than the screen is drawn on each side, so that shifting shows something
const SETTLE = 130; // milliseconds without movement after which everything is drawn anew
const DRAWS_ALL = true; // however many there are
const REST = 60; // milliseconds after which a drawing is kept for the next movement

let view = { x: 0, y: 0, k: 1 };
let keptView = null; // the view that `kept` was drawn for, with the size of the screen
let hovered = null;
let dragged = null; // a node on its way
let palette = readPalette();
let frameAsked = false;
let drawings = 0; // those that take long, of which only the last is finished
let settleTimer = 0;
let keepTimer = 0;
let motion = false;

// Takes over the size of the stage; false where it is the same as before.
function measureStage() {
  const box = byId("stage").getBoundingClientRect();
  const [width, height] = [Math.max(1, Math.round(box.width)), Math.max(1, Math.round(box.height))];
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  if (screen_.width === width && screen_.height === height && screen_.ratio === ratio) return false;
  Object.assign(screen_, { width, height, ratio });
  const before = LARGE && framed && !keptView ? copyOf(canvas) : null; // a canvas of another size is black
  resize(canvas, 1);
  if (before) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = palette.back;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(before, 0, 0);
  }
  if (!LARGE) keptView = null;
  return true;
}

function copyOf(shown) {
  const copy = new OffscreenCanvas(shown.width, shown.height);
  copy.getContext("2d").drawImage(shown, 0, 0);
  return copy;
}

function resize(surface, grow) {
  const [width, height] = [screen_.width, screen_.height].map((side) => Math.round(side * screen_.ratio * grow));
  if (surface.width !== width) surface.width = width;
  if (surface.height !== height) surface.height = height;
}

// Draws everything anew: at the next frame or, where that takes long, as soon as it can, what was kept being shown meanwhile.
function redraw() {
  if (LARGE) drawCalmly();
  else keptView = null;
  motion = false;
  askFrame();
}

// Shows the kept drawing at the present view, and draws anew when movement stops.
function moving() {
  motion = true;
  askFrame();
  clearTimeout(settleTimer);
  settleTimer = setTimeout(redraw, SETTLE);
}

function askFrame() {
  if (frameAsked) return;
  frameAsked = true;
  requestAnimationFrame(() => {
    frameAsked = false;
    showFrame();
  });
}

// What moves with the dragged node is left out of the kept drawing and drawn on top.
function movingThings() {
  if (dragged === null) return null;
  const found = new Set([dragged]);
  const add = (tie) => {
    found.add(N + tie);
    (tiesOn.get(tie) ?? []).forEach(add);
  };
  tiesAt[dragged].forEach(add);
  return found;
}

function drawKept() {
  atOnce(keeping(kept));
  keptView = { ...view, width: screen_.width, height: screen_.height };
}

// The drawing that movement needs, larger than the screen.
function* keeping(surface) {
  const [dx, dy] = [screen_.width * MARGIN, screen_.height * MARGIN];
  const size = { width: screen_.width + 2 * dx, height: screen_.height + 2 * dy, dx, dy };
  resize(surface.canvas, 1 + 2 * MARGIN);
  surface.setTransform(screen_.ratio, 0, 0, screen_.ratio, 0, 0);
  surface.fillStyle = palette.back;
  surface.fillRect(0, 0, size.width, size.height);
  yield* drawing(new CanvasSurface(surface), { x: view.x + dx, y: view.y + dy, k: view.k }, size, palette, movingThings());
}

async function drawCalmly() {
  const own = ++drawings;
  const drawnFor = { ...view, width: screen_.width, height: screen_.height };
  coming ??= blankSurface();
  const told = setTimeout(() => (byId("drawing").hidden = false), MOMENT);
  const done = await paintCalmly(keeping(coming), coming, () => own === drawings);
  clearTimeout(told);
  if (!done) return;
  byId("drawing").hidden = true;
  [kept, coming, keptView] = [coming, kept, drawnFor];
  askFrame();
}

// At rest the screen is drawn by itself, which is quicker than the larger drawing that movement needs.
function showFrame() {
  if (state.view !== "picture" || (LARGE && framed && !keptView)) return; // what the page opened with stays till then
  clearTimeout(keepTimer);
  context.setTransform(screen_.ratio, 0, 0, screen_.ratio, 0, 0);
  context.fillStyle = palette.back;
  context.fillRect(0, 0, screen_.width, screen_.height);
  const surface = new CanvasSurface(context);
  if (LARGE && framed) {
    showKept();
  } else if (keptView || motion || dragged !== null) {
    if (!keptView) drawKept();
    showKept();
  } else {
    drawNetwork(surface, view, screen_, palette);
    if (!LARGE) keepTimer = setTimeout(drawKept, REST);
  }
  if (dragged !== null) {
    const things = [...movingThings()];
    const own = things.filter((thing) => thing >= N).map((thing) => thing - N).filter((tie) => level.tie[tie]);
    drawTies(surface, own, view, screen_, palette, 0);
    drawNode(surface, dragged, view, palette);
  }
  drawMarks(surface, view, palette, hovered);
}

function showKept() {
  const scale = view.k / keptView.k;
  const left = view.x - (keptView.x + keptView.width * MARGIN) * scale;
  const top = view.y - (keptView.y + keptView.height * MARGIN) * scale;
  const [wide, high] = [keptView.width * (1 + 2 * MARGIN), keptView.height * (1 + 2 * MARGIN)];
  context.drawImage(kept.canvas, left, top, wide * scale, high * scale);
}

// A new size fits everything again; only where the panel takes or gives the room, the picture stays where it is.
let panelWasOpen = false;
function resizeStage() {
  if (!measureStage()) return false;
  const open = state.selected !== null;
  if (open === panelWasOpen) applyCamera();
  panelWasOpen = open;
  showFrame();
  return true;
}
