// The network's data: columns that were left out filled in, and what is looked up in them.

const nodes = page.nodes;
const ties = page.ties;
const lists = page.lists;
const N = nodes.id.length;
const M = ties.id.length;
const LARGE = N + M > 20_000;
const calm = () => LARGE && pause();

// A column in which nothing was said is not in the page; every item then has the blank value.
function fill(columns, size, blanks) {
  for (const [name, blank] of Object.entries(blanks)) {
    columns[name] ??= new Array(size).fill(blank);
  }
}
const NONE = Object.freeze([]);
fill(nodes, N, { short: "", acronym: "", aliases: NONE, country: NONE, colour: 0, attributes: NONE, evidence: NONE, note: "" });
await calm();
fill(ties, M, { hedge: NONE, issue: NONE, start: "", end: "", heldBy: NONE, from: 0, evidence: NONE, note: "" });

lists.sign = [{ id: "positive" }, { id: "neutral" }, { id: "negative" }];
const SIGN_MARK = ["+", "·", "−"];
ties.sign = ties.relation.map((type) => 1 - lists.relation[type].sign);
const sourceOf = page.evidence.source;
await calm();
ties.sources = ties.evidence.map((items) => (items.length < 2 ? items.map((item) => sourceOf[item]) : [...new Set(items.map((item) => sourceOf[item]))]));
await calm();
lists.source = page.sources.map((source) => ({ id: source.id, label: source.title }));

// Groups that an analysis found are lists like any other; a tie agrees with the camps, contradicts them, or says nothing.
for (const { id, size, of } of page.groupings) {
  lists[id] = Array.from({ length: size }, (_, number) => ({ id: String(number + 1) }));
  nodes[id] = of;
}
lists.fit = [{ id: "agreeing" }, { id: "against" }];
ties.fit = new Array(M).fill(-1);
for (const grouping of page.groupings) {
  lists.fit.forEach(({ id }, fit) => grouping[id].forEach((tie) => (ties.fit[tie] = fit)));
}

// What a scenario does to nodes and ties: thing to kind and what changes. As lists, so that the legend filters by it.
const changeOf = new Map(page.changes.map(([thing, kind, said]) => [thing, [kind, said]]));
for (const [name, columns, size, first] of [["nodechange", nodes, N, 0], ["tiechange", ties, M, N]]) {
  lists[name] = [{ id: "added" }, { id: "removed" }, { id: "changed" }, { id: "same" }];
  columns[name] = new Array(size).fill(changeOf.size ? 3 : -1);
  for (const [thing, [kind]] of changeOf) if (thing >= first && thing < first + size) columns[name][thing - first] = kind;
}

const indexOfNode = new Map(nodes.id.map((id, node) => [id, node]));
await calm();
const indexOfTie = new Map();
for (let tie = 0; tie < M; tie++) indexOfTie.set(ties.id[tie], tie);
await calm();

// The ties at each node; a tie that ends at another tie belongs to its own node alone.
const tiesAt = Array.from({ length: N }, () => []);
// The ties that end at a tie.
const tiesOn = new Map();
for (let tie = 0; tie < M; tie++) {
  const [source, target] = [ties.source[tie], ties.target[tie]];
  for (const end of source === target ? [source] : [source, target]) {
    if (end < N) tiesAt[end].push(tie);
    else tiesOn.set(end - N, [...(tiesOn.get(end - N) ?? []), tie]);
  }
}
await calm();
const degree = Float64Array.from(tiesAt, (each) => each.length);

function otherEnd(tie, node) {
  return ties.source[tie] === node ? ties.target[tie] : ties.source[tie];
}

// Positions can change by dragging; the saved ones are what the page came with.
const X = Float64Array.from(nodes.x);
const Y = Float64Array.from(nodes.y);
