// Facets: what the legend counts and switches. Which nodes and ties pass, and how strongly each is drawn.

// One facet: the entry or entries of every item; items without any belong to the entry after the last.
function facet(name, of, column) {
  const none = lists[name].length;
  const used = new Set();
  for (const value of column) {
    if (typeof value === "number") used.add(value < 0 ? none : value);
    else if (value.length) for (const entry of value) used.add(entry);
    else used.add(none);
  }
  return { name, of, column, none, used };
}

// Does something with each entry of an item.
function eachEntry({ column, none }, item, act) {
  const value = column[item];
  if (typeof value === "number") act(value < 0 ? none : value);
  else if (value.length) value.forEach(act);
  else act(none);
}

// Whether an item has an entry that is not switched off.
function isOn({ column, none }, item, off) {
  const value = column[item];
  if (typeof value === "number") return !off.has(value < 0 ? none : value);
  return value.length ? value.some((entry) => !off.has(entry)) : !off.has(none);
}

await calm();
const FACETS = [
  facet("type", "node", nodes.type),
  facet("kind", "node", nodes.kind),
  facet("country", "node", nodes.country),
  ...page.groupings.map(({ id }) => facet(id, "node", nodes[id])),
  facet("nodechange", "node", nodes.nodechange),
  facet("relation", "tie", ties.relation),
  facet("sign", "tie", ties.sign),
  facet("fit", "tie", ties.fit),
  facet("tiechange", "tie", ties.tiechange),
  facet("status", "tie", ties.status),
  facet("modality", "tie", ties.modality),
  facet("confidence", "tie", ties.confidence),
  facet("issue", "tie", ties.issue),
  facet("view", "tie", ties.view),
  facet("source", "tie", ties.sources),
];

// How strongly something is drawn.
const HIDDEN = 0;
const FADED = 1;
const SHOWN = 2;

const passes = { node: new Uint8Array(N), tie: new Uint8Array(M) };
const level = { node: new Uint8Array(N), tie: new Uint8Array(M) };
const counts = {}; // facet to how many items each entry would show
let inFocus = null; // the nodes within reach of the focus, or null

// For each item the facets that it fails, as bits.
function failures(of, size) {
  const failed = new Uint32Array(size);
  FACETS.forEach((each, bit) => {
    const off = state.off[each.name];
    if (each.of !== of || !off?.size) return;
    for (let item = 0; item < size; item++) {
      if (!isOn(each, item, off)) failed[item] |= 1 << bit;
    }
  });
  if (of === "tie") {
    for (let tie = 0; tie < M; tie++) if (!inTime(tie)) failed[tie] |= 1 << FACETS.length;
  }
  return failed;
}

// A node, or N + a tie.
function isPassing(thing) {
  return thing < N ? passes.node[thing] === 1 : passes.tie[thing - N] === 1;
}

function applyFilters() {
  const failedNode = failures("node", N);
  const failedTie = failures("tie", M);
  for (let node = 0; node < N; node++) passes.node[node] = failedNode[node] === 0 ? 1 : 0;
  const passTies = () => {
    for (let tie = 0; tie < M; tie++) {
      const ends = isPassing(ties.source[tie]) && isPassing(ties.target[tie]);
      passes.tie[tie] = ends && failedTie[tie] === 0 ? 1 : 0;
    }
  };
  passTies();
  inFocus = reach();
  if (inFocus) {
    for (let node = 0; node < N; node++) if (!inFocus.has(node)) passes.node[node] = 0;
    passTies();
  }
  countLater(failedNode, failedTie);
  if (!state.lonely) {
    for (let node = 0; node < N; node++) {
      if (!tiesAt[node].some((tie) => passes.tie[tie])) passes.node[node] = 0;
    }
  }
  countDiscs();
  applyLevels();
}

// The nodes within the chosen number of steps of the focus, along ties that pass.
function reach() {
  const centre = state.trail.at(-1);
  if (centre === undefined) return null;
  passes.node[centre] = 1;
  const found = new Set([centre]);
  let edge = [centre];
  for (let step = 0; step < state.steps; step++) {
    const next = [];
    for (const node of edge) {
      for (const tie of tiesAt[node]) {
        const other = otherEnd(tie, node);
        const reached = other < N ? [other] : [ties.source[other - N], ties.target[other - N]];
        if (!passes.tie[tie]) continue;
        for (const each of reached) {
          if (each < N && !found.has(each)) next.push(each), found.add(each);
        }
      }
    }
    edge = next;
  }
  return found;
}

// Large networks are counted after the picture, one facet after the other, so that nothing waits.
let counting = 0;
let uncounted = null; // what the first picture left to be counted, or null once the legend is there
let legendWanted = false;
function countLater(failedNode, failedTie) {
  counting++;
  if (!legendWanted) return (uncounted = [failedNode, failedTie]);
  if (!LARGE) return FACETS.forEach((each, bit) => countFacet(each, bit, failedNode, failedTie));
  return countSlowly(counting, failedNode, failedTie);
}

function countForLegend() {
  legendWanted = true;
  if (uncounted) countLater(...uncounted);
  uncounted = null;
}

async function countSlowly(own, failedNode, failedTie) {
  for (const [bit, each] of FACETS.entries()) {
    counts[each.name] ??= new Array(each.none + 1).fill(0);
    await pause();
    if (own !== counting) return;
    countFacet(each, bit, failedNode, failedTie);
  }
  if (legendRows.length) updateLegend();
}

// For each entry of a facet how many items it shows as the other facets stand: what switching it changes.
function countFacet(each, bit, failedNode, failedTie) {
  const found = new Array(each.none + 1).fill(0);
  const failed = each.of === "node" ? failedNode : failedTie;
  const size = each.of === "node" ? N : M;
  for (let item = 0; item < size; item++) {
    if (failed[item] & ~(1 << bit)) continue;
    if (each.of === "node" && inFocus && !inFocus.has(item)) continue;
    if (each.of === "tie" && !(isPassing(ties.source[item]) && isPassing(ties.target[item]))) continue;
    eachEntry(each, item, (entry) => found[entry]++);
  }
  counts[each.name] = found;
}

// Passing things are shown, or faded beside highlighted or selected ones; the rest is faded or hidden.
function applyLevels() {
  const rest = state.fade ? FADED : HIDDEN;
  const stands = state.selected !== null && state.selected !== state.trail.at(-1) && isPassing(state.selected);
  const near = stands ? around(state.selected) : null;
  const lit = state.highlight && !near ? highlighted : null;
  const quiet = ["power", "timeline"].includes(state.layout); // there the place says something, lines only on demand
  for (let node = 0; node < N; node++) {
    const outside = inFocus && !inFocus.has(node);
    const faded = (near && !near.has(node)) || (lit && !lit.has(node));
    if (CLUSTERS && isFolded(node) && !(near ?? inFocus)?.has(node)) {
      level.node[node] = HIDDEN;
      continue;
    }
    level.node[node] = passes.node[node] ? (faded ? FADED : SHOWN) : outside ? HIDDEN : rest;
  }
  for (let tie = 0; tie < M; tie++) {
    const faded = near ? !near.has(N + tie) : lit ? !lit.has(N + tie) : quiet;
    const drawable = [ties.source[tie], ties.target[tie]].every((end) => (end < N ? level.node[end] : level.tie[end - N]));
    level.tie[tie] = !drawable ? HIDDEN : passes.tie[tie] ? (faded ? FADED : SHOWN) : rest;
  }
}

const highlighted = new Set(page.highlight);
for (const thing of page.highlight) if (thing >= N) addEnds(highlighted, thing);

function addEnds(set, thing) {
  for (const end of [ties.source[thing - N], ties.target[thing - N]]) {
    set.add(end);
    if (end >= N) addEnds(set, end);
  }
}

// What is selected with its direct surroundings.
function around(thing) {
  const found = new Set([thing]);
  if (thing >= N) {
    addEnds(found, thing);
    for (const tie of tiesOn.get(thing - N) ?? []) addEnds(found.add(N + tie), N + tie);
    return found;
  }
  for (const tie of tiesAt[thing]) {
    if (!passes.tie[tie]) continue;
    addEnds(found.add(N + tie), N + tie);
  }
  return found;
}

// Switches entries of a facet on or off.
function switchEntries(name, entries, on) {
  const off = (state.off[name] ??= new Set());
  for (const entry of entries) on ? off.delete(entry) : off.add(entry);
  changed("filters");
}

function clearFilters() {
  Object.assign(state, { off: {}, lonely: true, years: null, undated: true });
}

function anyFilter() {
  return Object.values(state.off).some((off) => off.size) || !state.lonely || state.years !== null || !state.undated;
}

function visibleNodes() {
  return [...Array(N).keys()].filter((node) => passes.node[node]);
}

function visibleTies() {
  return [...Array(M).keys()].filter((tie) => passes.tie[tie]);
}
