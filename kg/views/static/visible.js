// Which nodes and ties pass, and how strongly each is drawn.

// How strongly something is drawn.
const HIDDEN = 0;
const FADED = 1;
const SHOWN = 2;
const PALE = { node: [0.32, 0.5], tie: [0.22, 0.4] }; // how opaque the faded is, on light and on dark pages

const passes = { node: new Uint8Array(N), tie: new Uint8Array(M) };
const level = { node: new Uint8Array(N), tie: new Uint8Array(M) };
let inFocus = null; // the nodes within reach of the focus, or null

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
    if (CLUSTERS && isFolded(node) && !(near ?? inFocus ?? lit)?.has(node)) {
      level.node[node] = HIDDEN;
      continue;
    }
    level.node[node] = passes.node[node] ? (faded ? FADED : SHOWN) : outside ? HIDDEN : rest;
  }
  for (let tie = 0; tie < M; tie++) {
    const faded = near ? !near.has(N + tie) : lit ? !lit.has(N + tie) : quiet;
    const source = ties.source[tie];
    const target = ties.target[tie];
    const drawable = (source < N ? level.node[source] : level.tie[source - N]) && (target < N ? level.node[target] : level.tie[target - N]);
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

const passing = (flags) => {
  const found = [];
  for (let item = 0; item < flags.length; item++) if (flags[item]) found.push(item);
  return found;
};
const visibleNodes = () => passing(passes.node);
const visibleTies = () => passing(passes.tie);
