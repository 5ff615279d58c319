// Coordinates of each layout, in world units, from what is known about the nodes.

const GAP = 62; // least distance between two nodes
const TITLE = 26; // pixels above a group that its name takes
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
const blank = () => ({ x: new Float64Array(N), y: new Float64Array(N), guides: [], aside: new Set(), group: "" });

// Pictures are wider than high, on a phone higher than wide.
const isUpright = () => matchMedia("(max-width: 700px)").matches;
const aspect = () => (isUpright() ? 0.85 : 1.45);
const asideStep = () => GAP * (isUpright() ? 0.55 : 0.42); // from one node without a place to the next
// How large something of that width and height can be drawn, against others.
const scaleOf = (width, height) => Math.min(aspect() / width, 1 / height);

// Nodes close together, in the given order, `gap` beside the picture or, on a phone, below it and `lines` of words: those that
// a layout has no place for. However many they are, they take no more room than the picture.
const PHONE = { width: 250, height: 300, line: 19 }; // pixels that the least of phones has for places
const CLOSE = 4; // least distance between two of them
function aside(place, which, { left, top, right, bottom, gap, lines = 0 }, name) {
  if (!which.length) return;
  place.aside = new Set(which);
  const upright = isUpright();
  const [width, height] = [right - left, bottom - top];
  const step = Math.max(CLOSE, Math.min(asideStep(), Math.sqrt((width * height) / which.length)));
  place.step = step;
  const rows = upright ? Math.ceil(which.length / Math.max(1, Math.floor(width / step))) : Math.max(1, Math.floor(height / step));
  const words = PHONE.line * (lines + 1.5);
  const below = words / Math.min(PHONE.width / width, (PHONE.height - words) / (height + rows * step)); // words keep their size
  const [x, y] = upright ? [left, bottom + below] : [right + gap, top];
  which.forEach((node, number) => {
    place.x[node] = x + Math.floor(number / rows) * step;
    place.y[node] = y + (number % rows) * step;
  });
  const end = x + (Math.ceil(which.length / rows) - 1) * step; // the name ends where the picture does
  place.guides.push({ name, x: upright ? left : end, y: y - step * 0.5, align: upright ? "left" : "right", side: "above", weight: 700 });
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
  for (const [node, box] of boxes) { // a little off the middle, or those of one column would never give way to the side
    place.x[node] = (box.left + box.right) / 2 + Math.cos(node * 2.4);
    place.y[node] = (box.top + box.bottom) / 2 + Math.sin(node * 2.4);
  }
  const within = (value, low, high) => Math.min(Math.max(value, Math.min(low + GAP / 2, (low + high) / 2)), Math.max(high - GAP / 2, (low + high) / 2));
  spreadOut(place.x, place.y, known, GAP, (node) => {
    const { left, right, top, bottom } = boxes.get(node);
    [place.x[node], place.y[node]] = [within(place.x[node], left, right), within(place.y[node], top, bottom)];
  });
  const [width, height] = [GRID.width * gridScale, GRID.height * gridScale];
  const lowest = known.reduce((y, node) => Math.max(y, place.y[node]), height); // a crowd is spread beyond the grid
  for (const { label, power, interest } of page.quadrants) {
    const [left, right, top, bottom] = [interest[0] * width, interest[1] * width, (1 - power[1]) * height, (1 - power[0]) * height];
    place.guides.push({ path: [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]] });
    const [align, x] = left === 0 ? ["left", 10] : ["right", right - 10];
    place.guides.push({ name: () => text(label), x, y: top === 0 ? top : bottom, side: top === 0 ? "below" : "above", align, weight: 700 });
  }
  place.guides.push({ name: () => `${t("measure.interest")} →`, x: width, y: height, align: "right", side: "below" });
  place.guides.push({ name: () => `↑ ${t("measure.power")}`, x: 0, y: 0, align: "left", side: "above" });
  const grid = { left: 10, top: asideStep() / 2, right: width, bottom: isUpright() ? lowest : height };
  aside(place, unknown, { ...grid, gap: 110 * gridScale, lines: 1 }, () => t("layout.unassessed"));
  return place;
}

// Each group in an area of its own, its members towards each other as in the layout by relations.
function arrangeByGroup(name) {
  const place = { ...blank(), group: name };
  const groups = new Map();
  for (const node of everyNode()) {
    const value = nodes[name][node];
    const entry = Array.isArray(value) && value.length > 1 ? "several" : groupOf(name, node);
    if (!groups.has(entry)) groups.set(entry, []);
    groups.get(entry).push(node);
  }
  const rank = (entry) => (entry === "several" ? 1 : entry < 0 ? 2 : 0);
  const order = [...groups].sort(([a, one], [b, other]) => rank(a) - rank(b) || other.length - one.length || a - b);
  const titles = order.map(([entry]) => (entry === "several" ? () => t("layout.several") : () => (entry < 0 ? t("none.value") : entryName(name, entry))));
  const { stretch, starts, scale } = bestRows(order.map(([, members]) => members.length), titles.map((title) => widthOf(title(), 700)));
  const sizes = order.map(([, members], group) => {
    const size = gather(place, members, stretch);
    return { ...size, width: Math.max(size.width, widthOf(titles[group](), 700) / scale) };
  });
  inRowsOf(sizes, starts, scale).spots.forEach(([left, top], group) => {
    const { width, height, own = width } = sizes[group];
    for (const node of order[group][1]) {
      place.x[node] += left + (width - own) / 2;
      place.y[node] += top;
    }
    const [x0, x1, y0, y1] = [left - AREA, left + width + AREA, top - AREA, top + height + AREA];
    place.guides.push({ area: true, path: [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]] });
    place.guides.push({ name: titles[group], x: left + width / 2, y: y0, side: "above", weight: 700 });
  });
  return place;
}

const AREA = GAP * 0.7; // between the members of a group and the edge of its area
const STRETCHES = [0.4, 0.55, 0.75, 1, 1.35, 1.8];

// Areas side by side in rows, which begin with the groups of those numbers: where the areas are, and how much room all take.
function inRowsOf(sizes, starts, scale) {
  let [left, top, high, width] = [0, 0, 0, 0];
  const spots = sizes.map((size, group) => {
    if (starts.has(group)) [left, top, high] = [0, top + high + 2 * AREA + TITLE / scale, 0];
    const spot = [left, top];
    left += size.width + 2 * AREA + GAP * 0.3;
    [high, width] = [Math.max(high, size.height), Math.max(width, left)];
    return spot;
  });
  return { spots, width, height: top + high + 2 * AREA + TITLE / scale };
}

// The form of areas and the rows with which groups of these sizes, with names of these widths, fill the screen best.
function bestRows(counts, names) {
  let best = null;
  for (const stretch of STRETCHES) {
    const sides = counts.map((count) => Math.sqrt(count) * GAP * 1.25);
    const sizes = (scale) => sides.map((side, group) => ({ width: Math.max(side * Math.sqrt(stretch), GAP, names[group] / scale), height: side / Math.sqrt(stretch) }));
    for (let rows = 1; rows <= Math.min(6, counts.length); rows++) {
      let [score, scale, starts] = [0, 0.5, null];
      for (let round = 0; round < 3; round++) { // names take more room in the layout the smaller it is drawn
        starts = rowStarts(sizes(scale), rows);
        const { width, height } = inRowsOf(sizes(scale), starts, scale);
        score = scaleOf(width, height);
        scale = Math.min(1.6, (isUpright() ? 330 : 600) * score);
      }
      if (!best || score > best.score * 1.001) best = { score, stretch, starts, scale };
    }
  }
  return best;
}

// The groups with which rows after the first begin, so that rows are about as wide as each other.
function rowStarts(sizes, rows) {
  const wide = sizes.reduce((sum, { width }) => sum + width + 2 * AREA, 0) / rows;
  const starts = new Set();
  let used = 0;
  sizes.forEach(({ width }, group) => {
    if (used > 0 && used + width / 2 > wide * 1.001) starts.add(group), (used = 0);
    used += width + 2 * AREA;
  });
  return starts;
}

// Members side by side in an area whose corner is 0, 0 and which is about `stretch` times as wide as high.
function gather(place, members, stretch) {
  if (members.length > CROWDED) return inRows(place, members, stretch);
  const side = Math.sqrt(members.length) * GAP * 1.15;
  const bounds = (values) => [Math.min(...members.map((node) => values[node])), Math.max(...members.map((node) => values[node]))];
  for (const [from, to, long] of [[nodes.x, place.x, side * Math.sqrt(stretch)], [nodes.y, place.y, side / Math.sqrt(stretch)]]) {
    const [least, most] = bounds(from);
    sortedBy(from, members).forEach((node, rank) => { // between where it is and an even spread, which fills the area
      to[node] = long * (0.35 * ((from[node] - least) / Math.max(most - least, 1)) + 0.65 * (rank / members.length));
    });
  }
  spreadOut(place.x, place.y, members, GAP * 1.1);
  const [[x0, x1], [y0, y1]] = [bounds(place.x), bounds(place.y)];
  for (const node of members) {
    place.x[node] -= x0;
    place.y[node] -= y0;
  }
  return { width: x1 - x0, height: y1 - y0, own: x1 - x0 };
}

// Many members in rows, which keep roughly where each is.
function inRows(place, members, stretch) {
  const columns = Math.ceil(Math.sqrt(members.length * stretch));
  const rows = Math.ceil(members.length / columns);
  const sorted = sortedBy(nodes.y, members);
  for (let row = 0; row < rows; row++) {
    sortedBy(nodes.x, sorted.slice(row * columns, (row + 1) * columns)).forEach((node, column) => {
      [place.x[node], place.y[node]] = [column * GAP * 1.1, row * GAP * 1.1];
    });
  }
  return { width: (columns - 1) * GAP * 1.1, height: (rows - 1) * GAP * 1.1, own: (columns - 1) * GAP * 1.1 };
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
    place.guides.push({ circle: [0, 0, radius + GAP * 0.7] }, { name: () => t("layout.ring", { n: step }), x: 0, y: -radius - GAP * 0.7, side: "on" });
  });
  const reach = Math.max(radius, Math.sqrt(unreached.length) * asideStep() * 0.6); // a small circle beside many: these in a square
  aside(place, unreached, { left: -reach, top: -reach, right: radius, bottom: reach, gap: GAP * 2.5 }, () => t("layout.unreached"));
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
  const [rows, row] = rowsOverTime([...byYear.values()].map((members) => members.length), undated.length);
  const end = (rows / 2) * row + GAP * 0.5;
  let left = 0;
  for (const [year, members] of [...byYear].sort((a, b) => a[0] - b[0])) {
    const sorted = members.sort((a, b) => nodes.y[a] - nodes.y[b] || a - b);
    const columns = Math.ceil(sorted.length / rows);
    const high = Math.ceil(sorted.length / columns);
    sorted.forEach((node, number) => {
      place.x[node] = left + (number % columns) * YEAR;
      place.y[node] = (Math.floor(number / columns) - (high - 1) / 2) * row;
    });
    place.guides.push({ path: [[left - GAP * 0.8, -end], [left - GAP * 0.8, end]] });
    place.guides.push({ name: () => String(year), x: left + ((columns - 1) * YEAR) / 2, y: end, side: "below", weight: 700 });
    left += columns * YEAR + GAP * 0.4;
  }
  aside(place, undated, { left: 0, top: -end, right: left, bottom: end, gap: GAP * 2, lines: TRIES }, () => t("dates.undated"));
  return place;
}

// In how many rows the nodes of the years fill the screen best, those of no year beside them, and how high a row is.
const YEAR = GAP * 1.5; // from column to column
function rowsOverTime(sizes, undated) {
  let [best, score, wide] = [0, 0, 0];
  for (let rows = 1; rows <= Math.max(1, ...sizes); rows++) {
    const high = rows * GAP * 0.9 + GAP;
    const beside = isUpright() ? 0 : GAP * 2 + Math.ceil(undated / (high / asideStep())) * asideStep();
    const width = sizes.reduce((sum, size) => sum + Math.ceil(size / rows) * YEAR + GAP * 0.4, 0) + beside;
    if (scaleOf(width, high) > score) [best, score, wide] = [rows, scaleOf(width, high), width];
  }
  return [best, Math.min(GAP * 2, Math.max(GAP * 0.9, (0.8 * wide) / aspect() / best))];
}
