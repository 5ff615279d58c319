// Geometry: where nodes and ties are on the screen, for a view {x, y, k}: screen = world * k + offset.

const BEND = 20; // distance between parallel ties, in world units
const FIT_MARGIN = 50;
const BUTTONS = 48; // pixels at the bottom that those for zooming take
const CLOSEST = { out: 0.02, in: 8 };

// Parallel ties: each pair's ties side by side around the straight line between the two.
const bend = new Float64Array(M);
const loopNumber = new Uint16Array(M);
{
  const first = new Map();
  const parallel = new Map();
  await eachCalmly(M, (tie) => {
    const [a, b] = [ties.source[tie], ties.target[tie]];
    const key = Math.min(a, b) * (N + M) + Math.max(a, b);
    const other = first.get(key);
    if (other === undefined) first.set(key, tie);
    else if (parallel.has(key)) parallel.get(key).push(tie);
    else parallel.set(key, [other, tie]);
  });
  for (const group of parallel.values()) {
    group.forEach((tie, place) => {
      const turned = ties.source[tie] > ties.target[tie] ? -1 : 1; // seen from the same side both ways
      bend[tie] = (place - (group.length - 1) / 2) * BEND * turned;
      loopNumber[tie] = place;
    });
  }
}

function radiusOf(node, view) {
  if (home.aside.size && home.aside.has(node)) return Math.max(2, Math.min(4, home.step * 0.45 * view.k)); // the layout has no place for it
  return Math.max(3, Math.min(30, baseRadius(node) * Math.sqrt(view.k)));
}

function screenX(node, view) {
  return X[node] * view.k + view.x;
}

function screenY(node, view) {
  return Y[node] * view.k + view.y;
}

function pointOf(end, view) {
  if (end < N) return { x: screenX(end, view), y: screenY(end, view), r: radiusOf(end, view) };
  return { ...middleOf(curveOf(end - N, view)), r: 3 };
}

// The tie as a cubic curve from the rim of its source to the rim of its target.
function curveOf(tie, view) {
  if (bend[tie] === 0 && ties.source[tie] < N && ties.target[tie] < N && ties.source[tie] !== ties.target[tie]) return straightOf(tie, view);
  const a = pointOf(ties.source[tie], view);
  const b = pointOf(ties.target[tie], view);
  if (ties.source[tie] === ties.target[tie]) return loopAt(a, loopNumber[tie]);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  const lift = (2 * bend[tie] * view.k) / length;
  const c = { x: (a.x + b.x) / 2 - dy * lift, y: (a.y + b.y) / 2 + dx * lift };
  const start = towards(a, c, Math.min(a.r + 1, length / 2));
  const end = towards(b, c, Math.min(b.r + 1, length / 2));
  return {
    straight: bend[tie] === 0,
    x0: start.x, y0: start.y,
    x1: start.x + ((c.x - start.x) * 2) / 3, y1: start.y + ((c.y - start.y) * 2) / 3,
    x2: end.x + ((c.x - end.x) * 2) / 3, y2: end.y + ((c.y - end.y) * 2) / 3,
    x3: end.x, y3: end.y,
  };
}

// The usual case, a straight line between two nodes, without anything made on the way: there are tens of thousands.
function straightOf(tie, view) {
  const [source, target] = [ties.source[tie], ties.target[tie]];
  const [ax, ay] = [X[source] * view.k + view.x, Y[source] * view.k + view.y];
  const [dx, dy] = [(X[target] - X[source]) * view.k, (Y[target] - Y[source]) * view.k];
  const length = Math.hypot(dx, dy) || 1;
  const from = Math.min(radiusOf(source, view) + 1, length / 2) / length;
  const to = 1 - Math.min(radiusOf(target, view) + 1, length / 2) / length;
  const third = (to - from) / 3;
  return {
    straight: true,
    x0: ax + dx * from, y0: ay + dy * from,
    x1: ax + dx * (from + third), y1: ay + dy * (from + third),
    x2: ax + dx * (to - third), y2: ay + dy * (to - third),
    x3: ax + dx * to, y3: ay + dy * to,
  };
}

function towards(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}

// A tie from a node to itself: a drop above it, each further one larger.
function loopAt(a, place) {
  const reach = a.r * 2.6 + 14 + place * 10;
  return {
    straight: false,
    x0: a.x - a.r * 0.6, y0: a.y - a.r * 0.8, x1: a.x - reach, y1: a.y - reach * 1.2,
    x2: a.x + reach, y2: a.y - reach * 1.2, x3: a.x + a.r * 0.6, y3: a.y - a.r * 0.8,
  };
}

function along(c, t) {
  const u = 1 - t;
  const [p, q, r, s] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: p * c.x0 + q * c.x1 + r * c.x2 + s * c.x3, y: p * c.y0 + q * c.y1 + r * c.y2 + s * c.y3 };
}

function middleOf(curve) {
  return along(curve, 0.5);
}

function distanceToCurve(c, x, y) {
  const reach = 8;
  if (x < Math.min(c.x0, c.x1, c.x2, c.x3) - reach || x > Math.max(c.x0, c.x1, c.x2, c.x3) + reach) return Infinity;
  if (y < Math.min(c.y0, c.y1, c.y2, c.y3) - reach || y > Math.max(c.y0, c.y1, c.y2, c.y3) + reach) return Infinity;
  let best = Infinity;
  let from = along(c, 0);
  const pieces = c.straight ? 1 : 12;
  for (let i = 1; i <= pieces; i++) {
    const to = along(c, i / pieces);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const share = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(from.x + share * dx - x, from.y + share * dy - y));
    from = to;
  }
  return best;
}

// Whether a straight tie between two nodes is beside a box of the screen: told without making its curve.
function isBeside(tie, view, left, top, right, bottom) {
  const [source, target] = [ties.source[tie], ties.target[tie]];
  if (bend[tie] !== 0 || source >= N || target >= N || source === target) return false;
  const [ax, bx] = [screenX(source, view), screenX(target, view)];
  if ((ax < left && bx < left) || (ax > right && bx > right)) return true;
  const [ay, by] = [screenY(source, view), screenY(target, view)];
  return (ay < top && by < top) || (ay > bottom && by > bottom);
}

const isPlainlyOutside = (tie, view, { width, height }) => isBeside(tie, view, 0, 0, width, height);
const isPlainlyAway = (tie, x, y, view) => isBeside(tie, view, x - 8, y - 8, x + 8, y + 8);

// The node or tie under a point of the screen, or null. Targets are at least 24 pixels wide.
function thingAt(x, y, view) {
  let best = null;
  let nearest = Infinity;
  for (let node = 0; node < N; node++) {
    if (!passes.node[node] || !level.node[node]) continue;
    const distance = Math.hypot(screenX(node, view) - x, screenY(node, view) - y);
    if (distance <= Math.max(12, radiusOf(node, view) + 2) && distance < nearest) [best, nearest] = [node, distance];
  }
  if (best !== null) return best;
  for (let tie = 0; tie < M; tie++) {
    if (!passes.tie[tie] || !level.tie[tie] || isPlainlyAway(tie, x, y, view)) continue;
    const distance = distanceToCurve(curveOf(tie, view), x, y);
    if (distance <= 7 && distance < nearest) [best, nearest] = [N + tie, distance];
  }
  return best;
}

// The view that shows the given nodes whole in a picture of that size.
function fitView(which, width, height) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of which) {
    left = Math.min(left, X[node]);
    right = Math.max(right, X[node]);
    top = Math.min(top, Y[node]);
    bottom = Math.max(bottom, Y[node]);
  }
  for (const { x, y } of left > right ? [] : [...guidePoints(), ...(CLUSTERS ? discCorners(which) : [])]) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { x: width / 2, y: height / 2, k: 1 };
  const side = Math.min(95, width / 9); // half a name stands out on each side
  const within = (above, below) => {
    const k = Math.min((width - 2 * side) / Math.max(right - left, 60), (height - above - below) / Math.max(bottom - top, 60), 1.6);
    const scale = Math.max(k, CLOSEST.out);
    return { x: width / 2 - ((left + right) / 2) * scale, y: (above + height - below) / 2 - ((top + bottom) / 2) * scale, k: scale };
  };
  const found = within(FIT_MARGIN, FIT_MARGIN);
  const names = inFocus ? [] : guideNames(found).map(({ box }) => box); // they keep their size, and stay off the buttons
  const more = (reach) => FIT_MARGIN + Math.max(0, reach);
  return within(more(4 - Math.min(...names.map((box) => box.top))), more(Math.max(...names.map((box) => box.bottom)) - height + BUTTONS));
}
