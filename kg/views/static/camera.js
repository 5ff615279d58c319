// Which part of the network is seen, whatever draws it.

function fitAll() {
  const which = visibleNodes();
  view = fitView(which.length ? which : [...Array(N).keys()], screen_.width, screen_.height);
  state.camera = null;
  showNothing();
}

// The nodes that are highlighted, where nothing else says what the picture is about.
function litNodes() {
  if (!state.highlight || state.trail.length) return [];
  return [...highlighted].filter((thing) => thing < N && passes.node[thing]);
}

// Where the reader has moved to, else what is highlighted with what lies around it, else everything.
function applyCamera() {
  const lit = state.camera ? [] : litNodes();
  if (lit.length) {
    view = fitView(lit, screen_.width, screen_.height);
    return;
  }
  if (!state.camera) return fitAll();
  const { x, y, k } = state.camera;
  view = { x: screen_.width / 2 - x * k, y: screen_.height / 2 - y * k, k };
  showNothing();
}

// The middle of the screen in world coordinates: what the address remembers, whatever the size of the window.
function rememberCamera() {
  state.camera = { x: (screen_.width / 2 - view.x) / view.k, y: (screen_.height / 2 - view.y) / view.k, k: view.k };
  rememberState();
  showNothing();
}

function zoomAt(x, y, factor) {
  const k = Math.max(CLOSEST.out, Math.min(CLOSEST.in, view.k * factor));
  const real = k / view.k;
  view = { x: x - (x - view.x) * real, y: y - (y - view.y) * real, k };
  rememberCamera();
  moving();
}

function zoomMiddle(factor) {
  zoomAt(screen_.width / 2, screen_.height / 2, factor);
}

// Brings a node or tie into the picture where it is outside or near its edge.
function bringIntoView(thing) {
  const { x, y } = pointOf(thing, view);
  const [right, bottom] = [screen_.width - 60, screen_.height - 60];
  if (x > 60 && y > 60 && x < right && y < bottom) return;
  view = { ...view, x: view.x + screen_.width / 2 - x, y: view.y + screen_.height / 2 - y };
  rememberCamera();
  redraw();
}
