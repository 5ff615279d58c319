// Mouse, pen and fingers on the picture: move, zoom, pinch, drag a node, point, click.

const pointers = new Map();
let pressed = null; // what the pointer went down on, and where
let pinch = null;

function place(event) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

canvas.addEventListener("pointerdown", (event) => {
  if (event.button > 0) return;
  canvas.setPointerCapture(event.pointerId);
  const at = place(event);
  pointers.set(event.pointerId, at);
  if (pointers.size === 1) {
    pressed = { ...at, thing: thingAt(at.x, at.y, view), moved: false, view };
  } else {
    dropNode();
    pressed = null;
    const [a, b] = [...pointers.values()];
    pinch = { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, view };
  }
});

canvas.addEventListener("pointermove", (event) => {
  const at = place(event);
  if (!pointers.has(event.pointerId)) return point(at);
  pointers.set(event.pointerId, at);
  if (pointers.size > 1) return pinchTo([...pointers.values()]);
  if (!pressed) return undefined;
  if (!pressed.moved && Math.hypot(at.x - pressed.x, at.y - pressed.y) < 4) return undefined;
  if (!pressed.moved && pressed.thing !== null && pressed.thing < N) {
    dragged = pressed.thing;
    redraw();
  }
  pressed.moved = true;
  hideTip();
  if (dragged !== null) {
    [X[dragged], Y[dragged]] = [(at.x - view.x) / view.k, (at.y - view.y) / view.k];
    return askFrame();
  }
  view = { ...view, x: pressed.view.x + at.x - pressed.x, y: pressed.view.y + at.y - pressed.y };
  return moving();
});

function pinchTo([a, b]) {
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const wanted = (pinch.view.k * Math.hypot(a.x - b.x, a.y - b.y)) / Math.max(pinch.distance, 1);
  const k = Math.max(CLOSEST.out, Math.min(CLOSEST.in, wanted));
  const real = k / pinch.view.k;
  view = { x: x - (pinch.x - pinch.view.x) * real, y: y - (pinch.y - pinch.view.y) * real, k };
  moving();
}

for (const kind of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(kind, (event) => {
    pointers.delete(event.pointerId);
    if (pinch && pointers.size < 2) {
      pinch = null;
      rememberCamera();
    }
    if (!pressed || pointers.size) return;
    const { thing, moved } = pressed;
    const pressedAt = pressed;
    pressed = null;
    if (dragged !== null) dropNode();
    else if (moved) rememberCamera();
    else if (kind === "pointerup") choosePoint(thing, pressedAt);
  });
}

// A click: the node or tie there, else the community of the overview, which opens.
function choosePoint(thing, at) {
  const disc = thing === null ? discAt(at.x, at.y, view) : null;
  if (disc === null) select(thing);
  else openDisc(disc);
}

// A dragged node stays where it was dropped: it is pinned.
function dropNode() {
  if (dragged === null) return;
  state.pinned.add(dragged);
  dragged = null;
  rememberState();
  redraw();
  showButtons();
}

canvas.addEventListener("dblclick", (event) => {
  const at = place(event);
  const thing = thingAt(at.x, at.y, view);
  if (thing !== null && thing < N) focusOn(thing);
});

canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const at = place(event);
  const lines = event.deltaMode === 1 ? 20 : 1;
  zoomAt(at.x, at.y, Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0022));
}, { passive: false });

canvas.addEventListener("pointerleave", () => {
  hideTip();
  if (hovered === null) return;
  hovered = null;
  askFrame();
});

let pointTimer = 0;
function point(at) {
  cancelAnimationFrame(pointTimer);
  pointTimer = requestAnimationFrame(() => {
    const found = thingAt(at.x, at.y, view);
    const disc = found === null ? discAt(at.x, at.y, view) : null;
    canvas.classList.toggle("pointing", found !== null || disc !== null);
    if (found !== hovered) {
      hovered = found;
      askFrame();
    }
    if (found !== null) showTip(found, at);
    else if (disc !== null) showDiscTip(disc, at);
    else hideTip();
  });
}
