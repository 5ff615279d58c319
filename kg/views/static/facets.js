// Facets: what the legend counts and switches.

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

const FACETS = [];
for (const [name, of, column] of [
  ["type", "node", nodes.type],
  ["kind", "node", nodes.kind],
  ["country", "node", nodes.country],
  ...page.groupings.map(({ id }) => [id, "node", nodes[id]]),
  ["nodechange", "node", nodes.nodechange],
  ["relation", "tie", ties.relation],
  ["sign", "tie", ties.sign],
  ["fit", "tie", ties.fit],
  ["tiechange", "tie", ties.tiechange],
  ["status", "tie", ties.status],
  ["modality", "tie", ties.modality],
  ["confidence", "tie", ties.confidence],
  ["issue", "tie", ties.issue],
  ["view", "tie", ties.view],
  ["source", "tie", ties.sources],
]) {
  await calm();
  FACETS.push(facet(name, of, column));
}

const counts = {}; // facet to how many items each entry would show

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
