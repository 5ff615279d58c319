// The overview of a large network: each community one disc, until the reader opens it.

const CLUSTERS = page.clusters.length ? Math.max(...new Set(page.clusters)) + 1 : 0;
const clusterOf = page.clusters;
const discs = Array.from({ length: CLUSTERS }, () => ({ x: 0, y: 0, size: 0, alone: 0, shown: 0, lead: -1 }));
const MANY_BRIDGES = 2000; // from which on they are told apart by how opaque they are, not by width, which takes seconds
const bridges = []; // the pairs of communities that relations lead between, and how many visible ones
const bridgeOf = new Int32Array(CLUSTERS ? M : 0).fill(-1); // which of them each relation belongs to
for (let node = 0; node < N && CLUSTERS; node++) {
  const disc = discs[clusterOf[node]];
  disc.size++;
  if (!degree[node]) disc.alone++;
  if (disc.lead < 0 || degree[node] > degree[disc.lead]) disc.lead = node;
}
{
  const places = new Map();
  await eachCalmly(bridgeOf.length, (tie) => {
    if (ties.source[tie] >= N || ties.target[tie] >= N) return;
    const [a, b] = [clusterOf[ties.source[tie]], clusterOf[ties.target[tie]]];
    if (a === b) return;
    const pair = Math.min(a, b) * CLUSTERS + Math.max(a, b);
    if (!places.has(pair)) places.set(pair, bridges.push({ from: Math.min(a, b), to: Math.max(a, b), shown: 0 }) - 1);
    bridgeOf[tie] = places.get(pair);
  });
}

function isFolded(node) {
  return CLUSTERS > 0 && !state.open.has(clusterOf[node]);
}

// Whether any community is shown as a disc: around a focus everybody within reach is.
function areDiscsShown() {
  return CLUSTERS > 0 && !inFocus && state.open.size < CLUSTERS;
}

// Where the discs lie as the present layout has it, and how much of them and between them passes the filters.
function countDiscs() {
  if (!CLUSTERS) return;
  for (const disc of discs) Object.assign(disc, { x: 0, y: 0, shown: 0 });
  for (let node = 0; node < N; node++) {
    const disc = discs[clusterOf[node]];
    disc.x += X[node] / disc.size;
    disc.y += Y[node] / disc.size;
    disc.shown += passes.node[node];
  }
  for (const bridge of bridges) bridge.shown = 0;
  for (let tie = 0; tie < M; tie++) if (passes.tie[tie] && bridgeOf[tie] >= 0) bridges[bridgeOf[tie]].shown++;
  giveWay();
}

const DISC = 31; // times the root of its members, the radius of a disc in the layout
const ROUNDS = 40; // in which discs give way; crowds that need more may overlap a little
const BESIDE = 12; // between discs, and to members of opened communities
let areas = []; // the visible members of each opened community, and where they lie

// Moves folded discs off each other and off what opened communities show, as little as that takes.
function giveWay() {
  const folded = [...discs.keys()].filter((cluster) => discs[cluster].shown && !state.open.has(cluster));
  areas = openedAreas();
  const radius = discs.map((disc) => DISC * Math.sqrt(disc.shown) + BESIDE);
  // How `disc` goes away from a point that it must be `far` from, and whether it has to.
  const leave = (disc, x, y, far, share) => {
    const [dx, dy] = [disc.x - x, disc.y - y];
    if (dx * dx + dy * dy >= far * far) return false;
    const distance = Math.hypot(dx, dy);
    const step = ((far - distance) * share) / (distance || 1);
    disc.x += dx * step;
    disc.y += (distance ? dy : -1) * step;
    return true;
  };
  let moved = true;
  for (let round = 0; round < ROUNDS && moved; round++) {
    moved = false;
    for (const [place, cluster] of folded.entries()) {
      const disc = discs[cluster];
      const own = radius[cluster];
      for (let next = place + 1; next < folded.length; next++) {
        const other = discs[folded[next]];
        const { x, y } = disc;
        const far = own + radius[folded[next]] - BESIDE - 1; // a hair's breadth is no overlap
        if (leave(disc, other.x, other.y, far, 0.5)) moved = leave(other, x, y, far, 0.5);
      }
      for (const { left, right, top, bottom, members } of areas) {
        if (disc.x + own < left || disc.x - own > right || disc.y + own < top || disc.y - own > bottom) continue;
        for (const node of members) if (leave(disc, X[node], Y[node], own, 1)) moved = true;
      }
    }
  }
}

function openedAreas() {
  const found = new Map();
  if (state.open.size === CLUSTERS) return []; // nothing is folded
  for (let node = 0; node < N && state.open.size; node++) {
    if (!passes.node[node] || isFolded(node)) continue;
    if (!found.has(clusterOf[node])) found.set(clusterOf[node], { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity, members: [] });
    const area = found.get(clusterOf[node]);
    [area.left, area.right] = [Math.min(area.left, X[node]), Math.max(area.right, X[node])];
    [area.top, area.bottom] = [Math.min(area.top, Y[node]), Math.max(area.bottom, Y[node])];
    area.members.push(node);
  }
  return [...found.values()];
}

// What stands for the members of folded communities takes room: the corners of their discs.
function discCorners(which) {
  const reach = new Set();
  for (const node of which) if (isFolded(node) && !level.node[node]) reach.add(clusterOf[node]);
  return [...reach].flatMap((cluster) => {
    const { x, y, shown } = discs[cluster];
    const r = DISC * Math.sqrt(shown);
    return [{ x: x - r, y: y - r }, { x: x + r, y: y + r }];
  });
}

// White or black, whichever is further from a colour (#rrggbb): one of them has 4.5:1 on any (WCAG 2.2, relative luminance).
function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

function discRadius(disc, view) {
  return Math.max(4, Math.min(90, DISC * Math.sqrt(disc.shown) * view.k));
}

function openDisc(cluster) {
  state.open.has(cluster) ? state.open.delete(cluster) : state.open.add(cluster);
  changed("filters");
  say(t(state.open.has(cluster) ? "overview.opened" : "overview.closed", { name: discName(cluster) }));
}

// Actors without relations, and pairs, belong to no community; they share a disc.
function discLabel(cluster) {
  const { lead, alone } = discs[cluster];
  return alone ? t(degree[lead] ? "overview.few" : "overview.alone") : nodeShort(lead);
}

function discName(cluster) {
  const { alone, shown } = discs[cluster];
  return t(alone ? "overview.rest" : "overview.around", { name: discLabel(cluster), n: shown });
}

// The folded disc under a point of the screen, or null.
function discAt(x, y, view) {
  for (let cluster = 0; cluster < CLUSTERS && areDiscsShown(); cluster++) {
    const disc = discs[cluster];
    if (state.open.has(cluster) || !disc.shown) continue;
    if (Math.hypot(disc.x * view.k + view.x - x, disc.y * view.k + view.y - y) <= Math.max(12, discRadius(disc, view))) return cluster;
  }
  return null;
}

let discBoxes = []; // what discs and their names take in the picture that is being drawn
function* overviewing(surface, view, size, palette) {
  discBoxes = [];
  if (!areDiscsShown()) return;
  const strength = state.selected === null || !isPassing(state.selected) ? 1 : PALE.node[palette.dark]; // beside what is chosen
  const at = (disc) => [disc.x * view.k + view.x, disc.y * view.k + view.y];
  let [most, many] = [1, 0];
  for (const { shown } of bridges) {
    most = Math.max(most, shown);
    if (shown) many++;
  }
  const steps = [[], [], [], []]; // thin to thick
  for (const bridge of bridges) if (bridge.shown) steps[Math.min(3, Math.floor((4 * Math.log1p(bridge.shown)) / Math.log1p(most)))].push(bridge);
  const widest = many > MANY_BRIDGES ? HAIR : Infinity;
  for (const [step, among] of steps.entries()) {
    surface.begin({ stroke: palette.soft, width: Math.min(widest, 0.5 + step * 1.1), alpha: [0.04, 0.08, 0.18, 0.4][step] * strength });
    for (const { from, to } of among) {
      surface.move(...at(discs[from]));
      surface.line(...at(discs[to]));
    }
    surface.end();
    yield among.length;
  }
  const room = bare ? null : new Room();
  for (const area of bare ? [] : areas) { // names of discs stay off what was opened
    const [left, right] = [area.left, area.right].map((x) => Math.max(0, Math.min(size.width, x * view.k + view.x)));
    const [top, bottom] = [area.top, area.bottom].map((y) => Math.max(0, Math.min(size.height, y * view.k + view.y)));
    room.take({ left, right, top, bottom, node: -1 });
  }
  discs.forEach((disc, cluster) => {
    if (state.open.has(cluster) || !disc.shown) return;
    const [[x, y], r] = [at(disc), discRadius(disc, view)];
    const colour = nodeColour(disc.lead, palette.dark);
    surface.begin({ fill: colour, stroke: palette.back, width: 1.5, alpha: strength });
    surface.circle(x, y, r);
    surface.end();
    if (bare) return;
    const box = { left: x - r, right: x + r, top: y - r, bottom: y + r };
    room.take({ ...box, node: cluster });
    discBoxes.push({ ...box, node: N + cluster });
    if (r > 13 && strength === 1) surface.text(x, y, number(disc.shown), { size: 12, weight: 700, fill: inkOn(colour) });
  });
  if (bare) return;
  const inside = ({ x, y }) => x * view.k + view.x > 0 && y * view.k + view.y > 0 && x * view.k + view.x < size.width && y * view.k + view.y < size.height;
  discs.forEach((disc, cluster) => {
    if (state.open.has(cluster) || !disc.shown || !inside(disc)) return;
    const [[x, y], r, line] = [at(disc), discRadius(disc, view), cut(discLabel(cluster), NAME_LINE)];
    const wide = widthOf(line, 600);
    const boxes = [y + r + 2, y - r - 18].map((top) => ({ left: x - wide / 2, right: x + wide / 2, top, bottom: top + 16, node: -1 }));
    const box = boxes.find((each) => room.free(each, cluster, false));
    if (!box) return;
    room.take(box);
    discBoxes.push(box);
    surface.text(x, box.top + 8, line, { size: NAME_SIZE, weight: 600, fill: strength === 1 ? palette.ink : palette.soft, halo: palette.back });
  });
}

function showOverview() {
  byId("overview").hidden = !CLUSTERS || inFocus !== null;
  if (!CLUSTERS) return;
  byId("overview-say").textContent = t(state.open.size === CLUSTERS ? "overview.all" : "overview.says", { n: CLUSTERS, open: number(state.open.size) });
  byId("unfold").disabled = state.open.size === CLUSTERS;
  byId("refold").disabled = !state.open.size;
  showCommunities();
}

// The communities by name, the largest first, for who does not point at discs.
function showCommunities() {
  const list = byId("community");
  const chosen = list.value;
  const shown = [...discs.keys()].filter((cluster) => discs[cluster].shown).sort((a, b) => discs[b].shown - discs[a].shown || a - b);
  list.replaceChildren(...shown.map((cluster) => el("option", { value: cluster }, discName(cluster))));
  if (chosen !== "" && shown.includes(Number(chosen))) list.value = chosen;
  list.disabled = byId("turn").disabled = !shown.length;
  showTurn();
}

function showTurn() {
  byId("turn").textContent = t(state.open.has(Number(byId("community").value)) ? "overview.close" : "overview.open");
}

byId("community").addEventListener("change", showTurn);
byId("turn").addEventListener("click", () => openDisc(Number(byId("community").value)));

byId("unfold").addEventListener("click", () => {
  state.open = new Set(discs.keys());
  changed("filters");
  byId("refold").focus(); // this one cannot be pressed again
});
byId("refold").addEventListener("click", () => {
  state.open = new Set();
  changed("filters");
  byId("unfold").focus();
});
