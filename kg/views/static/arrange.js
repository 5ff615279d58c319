// Coordinates of each layout, in world units, from what is known about the nodes.

const GAP = 62; // least distance between two nodes
const TITLE = 1.8; // the room of a title in the layout, against its width on the screen: pictures are mostly drawn smaller
const GRID = { width: 900, height: 680 }; // the power and interest grid, of few; it grows with those that stand in it
const FEW = 60;

const CROWDED = 3000; // points from which on they are placed in little time, not as well as can be

// Pushes points apart that are closer than `gap`, in place, always the same way; `keep` takes each back to where it may be.
function spreadOut(x, y, which, gap, keep = null) {
  const sweeps = which.length > CROWDED ? 5 : 40;
  const cell = (i, j) => i * 1e6 + j;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const cells = new Map();
    for (const node of which) {
      const key = cell(Math.floor(x[node] / gap), Math.floor(y[node] / gap));
      if (cells.has(key)) cells.get(key).push(node);
      else cells.set(key, [node]);
    }
    let moved = false;
    for (const a of which) {
      const [i, j] = [Math.floor(x[a] / gap), Math.floor(y[a] / gap)];
      for (let di = -1; di <= 1; di++) {
        for (let dj = -1; dj <= 1; dj++) {
          for (const b of cells.get(cell(i + di, j + dj)) ?? NONE) {
            if (b <= a) continue;
            let [dx, dy] = [x[b] - x[a], y[b] - y[a]];
            let distance = Math.hypot(dx, dy);
            if (distance >= gap) continue;
            if (distance < 0.01) [dx, dy, distance] = [Math.cos(b * 2.4), Math.sin(b * 2.4), 1]; // the golden angle
            const push = ((gap - Math.min(distance, gap)) * 0.5) / distance;
            x[a] -= dx * push, y[a] -= dy * push;
            x[b] += dx * push, y[b] += dy * push;
            moved = true;
          }
        }
      }
    }
    if (keep) for (const node of which) keep(node);
    if (!moved) return;
  }
}

const everyNode = () => [...Array(N).keys()];
const blank = () => ({ x: new Float64Array(N), y: new Float64Array(N), guides: [], aside: new Set() });

// Nodes close together in columns of that many, in the given order, from a corner: those that a layout has no place for.
function aside(place, which, left, top, rows) {
  place.aside = new Set(which);
  which.forEach((node, number) => {
    place.x[node] = left + Math.floor(number / rows) * GAP * 0.6;
    place.y[node] = top + (number % rows) * GAP * 0.5;
  });
}

// The interval of power and interest of a node as a box in the grid; null where neither is assessed.
function intervalBox(node) {
  const [power, interest] = ["power", "interest"].map((id) => MEASURES.get(id));
  const ends = (measure) => (measure.low[node] === null ? null : [measure.low[node], measure.high?.[node] ?? measure.low[node]]);
  const [up, right] = [ends(power), ends(interest)];
  if (!up && !right) return null;
  const [[bottom, top], [from, to]] = [up ?? [0, 1], right ?? [0, 1]];
  const [width, height] = [GRID.width * gridScale, GRID.height * gridScale];
  return { left: from * width, right: to * width, top: (1 - top) * height, bottom: (1 - bottom) * height };
}
let gridScale = 1;

// Power upwards, interest to the right, each node in the middle of its interval; what is not assessed stands beside, on a phone
// below.
function arrangeByPower() {
  const place = blank();
  const [known, unknown] = [[], []];
  for (const node of everyNode()) (intervalBox(node) ? known : unknown).push(node);
  gridScale = Math.max(1, Math.sqrt(known.length / FEW));
  const boxes = new Map(known.map((node) => [node, intervalBox(node)]));
  for (const [node, box] of boxes) [place.x[node], place.y[node]] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const within = (value, low, high) => Math.min(Math.max(value, Math.min(low + GAP / 2, (low + high) / 2)), Math.max(high - GAP / 2, (low + high) / 2));
  spreadOut(place.x, place.y, known, GAP, (node) => {
    const { left, right, top, bottom } = boxes.get(node);
    [place.x[node], place.y[node]] = [within(place.x[node], left, right), within(place.y[node], top, bottom)];
  });
  const [width, height] = [GRID.width * gridScale, GRID.height * gridScale];
  const upright = matchMedia("(max-width: 700px)").matches;
  const off = (upright ? 64 : 24) * gridScale; // the smaller the picture, the more room for the names of the axes
  const columns = Math.floor(width / (GAP * 0.6));
  const lowest = known.reduce((y, node) => Math.max(y, place.y[node]), height); // a crowd is spread beyond the grid
  if (upright) aside(place, unknown, 10, lowest + 200, Math.ceil(unknown.length / columns));
  else aside(place, unknown, width + 130 * gridScale, 20, Math.floor(height / (GAP * 0.5)));
  for (const { label, power, interest } of page.quadrants) {
    const [left, right, top, bottom] = [interest[0] * width, interest[1] * width, (1 - power[1]) * height, (1 - power[0]) * height];
    place.guides.push({ path: [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]] });
    const [align, x] = left === 0 ? ["left", 10] : ["right", right - 10];
    const edge = 20 * gridScale;
    place.guides.push({ name: () => text(label), x, y: top === 0 ? edge : bottom - edge, align, weight: 700 });
  }
  place.guides.push({ name: () => `${t("measure.interest")} →`, x: width, y: height + off, align: "right" });
  place.guides.push({ name: () => `↑ ${t("measure.power")}`, x: 0, y: -off, align: "left" });
  const right = unknown.reduce((x, node) => Math.max(x, place.x[node]), 0) + GAP * 0.3;
  const [x, y, align] = upright ? [0, lowest + 150, "left"] : [right, -off, "right"]; // ends where the picture does
  if (unknown.length) place.guides.push({ name: () => t("layout.unassessed"), x, y, align });
  return place;
}

// Each group in an area of its own, its members towards each other as in the layout by relations.
function arrangeByGroup(name) {
  const place = blank();
  const groups = new Map();
  for (const node of everyNode()) {
    const value = nodes[name][node];
    const entry = Array.isArray(value) && value.length > 1 ? "several" : groupOf(name, node);
    if (!groups.has(entry)) groups.set(entry, []);
    groups.get(entry).push(node);
  }
  const rank = (entry) => (entry === "several" ? 1 : entry < 0 ? 2 : 0);
  const order = [...groups].sort(([a, one], [b, other]) => rank(a) - rank(b) || other.length - one.length || a - b);
  const wide = Math.sqrt(N) * GAP * 3;
  let [left, top, high] = [0, 0, 0];
  for (const [entry, members] of order) {
    const title = entry === "several" ? () => t("layout.several") : () => (entry < 0 ? t("none.value") : entryName(name, entry));
    const size = gather(place, members);
    size.width = Math.max(size.width, widthOf(title(), 700) * TITLE);
    if (left > 0 && left + size.width > wide) [left, top, high] = [0, top + high + GAP * 2.2, 0];
    for (const node of members) {
      place.x[node] += left;
      place.y[node] += top;
    }
    place.guides.push({ name: title, x: left + size.width / 2, y: top - GAP * 0.8, weight: 700 });
    left += size.width + GAP * 1.8;
    high = Math.max(high, size.height);
  }
  return place;
}

// Members side by side in a roughly round area whose corner is 0, 0.
function gather(place, members) {
  if (members.length > CROWDED) return inRows(place, members);
  const shrink = Math.sqrt(members.length) * GAP * 1.15;
  const bounds = (values) => [Math.min(...members.map((node) => values[node])), Math.max(...members.map((node) => values[node]))];
  const [[left, right], [top, bottom]] = [bounds(nodes.x), bounds(nodes.y)];
  for (const node of members) {
    place.x[node] = ((nodes.x[node] - left) / Math.max(right - left, 1)) * shrink;
    place.y[node] = ((nodes.y[node] - top) / Math.max(bottom - top, 1)) * shrink;
  }
  spreadOut(place.x, place.y, members, GAP * 1.1);
  const [[x0, x1], [y0, y1]] = [bounds(place.x), bounds(place.y)];
  for (const node of members) {
    place.x[node] -= x0;
    place.y[node] -= y0;
  }
  return { width: Math.max(x1 - x0, GAP * 2), height: y1 - y0 };
}

// Many members in a square of rows, which keeps roughly where each is.
function inRows(place, members) {
  const side = Math.ceil(Math.sqrt(members.length));
  const sorted = sortedBy(nodes.y, members);
  for (let row = 0; row < side; row++) {
    sortedBy(nodes.x, sorted.slice(row * side, (row + 1) * side)).forEach((node, column) => {
      [place.x[node], place.y[node]] = [column * GAP * 1.1, row * GAP * 1.1];
    });
  }
  return { width: side * GAP * 1.1, height: side * GAP * 1.1 };
}

// Nodes by a coordinate, those at one place as they come. Numbers that hold the coordinate before and the place in the list
// behind are sorted ten times as fast as nodes by a comparison.
function sortedBy(values, which) {
  const [places, steps] = [2 ** 21, 2 ** 31];
  let [least, most] = [Infinity, -Infinity];
  for (const node of which) [least, most] = [Math.min(least, values[node]), Math.max(most, values[node])];
  const step = (most - least) / steps || 1;
  const keys = Float64Array.from(which, (node, place) => Math.floor((values[node] - least) / step) * places + place).sort();
  return Array.from(keys, (key) => which[key % places]);
}

// Rings around an actor: one step, two steps ...; whoever no visible relation reaches stands beside them.
function arrangeAround(centre) {
  const place = blank();
  const steps = new Map([[centre, 0]]);
  let edge = [centre];
  while (edge.length) {
    const next = [];
    for (const node of edge) {
      for (const other of neighbours(node).keys()) {
        if (!steps.has(other)) steps.set(other, steps.get(node) + 1), next.push(other);
      }
    }
    edge = next;
  }
  const rings = [];
  for (const [node, step] of steps) (rings[step] ??= []).push(node);
  const unreached = everyNode().filter((node) => !steps.has(node));
  const angle = (node) => Math.atan2(nodes.y[node] - nodes.y[centre], nodes.x[node] - nodes.x[centre]);
  let radius = 0;
  rings.forEach((ring, step) => {
    if (!step) return;
    const inner = radius + GAP * 1.8;
    const bands = Math.ceil((ring.length * GAP * 0.8) / (2 * Math.PI * inner)); // many stand in several rows
    ring.sort((a, b) => angle(a) - angle(b) || a - b).forEach((node, number) => {
      const turn = angle(ring[0]) + (2 * Math.PI * number) / ring.length;
      const reach = inner + (number % bands) * GAP * 0.9;
      [place.x[node], place.y[node]] = [reach * Math.cos(turn), reach * Math.sin(turn)];
    });
    radius = inner + (bands - 1) * GAP * 0.9;
    place.guides.push({ circle: [0, 0, radius + GAP * 0.7] }, { name: () => number(step), x: 0, y: -radius - GAP * 0.7 });
  });
  if (unreached.length) {
    const rows = Math.ceil(Math.sqrt(unreached.length) * 1.8);
    aside(place, unreached, radius + GAP * 2.5, -radius, rows);
    place.guides.push({ name: () => t("layout.unreached"), x: radius + GAP * 2.2, y: -radius - GAP * 0.6, align: "left" });
  }
  return place;
}

// Nodes by the first year in which a relation of theirs is known to hold, one block of columns a year.
function arrangeOverTime() {
  const place = blank();
  const byYear = new Map();
  for (const node of everyNode()) {
    const known = tiesAt[node].filter((tie) => passes.tie[tie] && dated[tie]).map((tie) => years.from[tie] ?? years.to[tie]);
    const first = known.length ? Math.min(...known) : -Infinity;
    if (!byYear.has(first)) byYear.set(first, []);
    byYear.get(first).push(node);
  }
  const undated = byYear.get(-Infinity) ?? [];
  byYear.delete(-Infinity);
  const rows = Math.max(8, Math.ceil(Math.sqrt(N - undated.length) * 1.2));
  const end = (rows / 2) * GAP * 0.9 + GAP * 0.5;
  let left = 0;
  for (const [year, members] of [...byYear].sort((a, b) => a[0] - b[0])) {
    const sorted = members.sort((a, b) => nodes.y[a] - nodes.y[b] || a - b);
    const columns = Math.ceil(sorted.length / rows);
    const high = Math.ceil(sorted.length / columns);
    sorted.forEach((node, number) => {
      place.x[node] = left + (number % columns) * GAP * 1.5;
      place.y[node] = (Math.floor(number / columns) - (high - 1) / 2) * GAP * 0.9;
    });
    place.guides.push({ path: [[left - GAP * 0.8, -end], [left - GAP * 0.8, end]] });
    place.guides.push({ name: () => String(year), x: left + ((columns - 1) * GAP * 1.5) / 2, y: end, below: true, weight: 700 });
    left += columns * GAP * 1.5 + GAP * 0.4;
  }
  aside(place, undated, left + GAP, -end, Math.floor((2 * end) / (GAP * 0.5)));
  if (undated.length) place.guides.push({ name: () => t("dates.undated"), x: left + GAP, y: end, below: true, align: "left", weight: 700 });
  return place;
}
