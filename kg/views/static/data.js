// What the first picture needs of the network's data; names, evidence and all the rest follow in details.js.

const nodes = page.nodes;
const ties = page.ties;
const lists = page.lists;
const N = nodes.x.length;
const M = ties.source.length;
const LARGE = page.columns !== undefined; // what takes long is then done a piece at a time

// A column in which nothing was said is not in the page; every item then has the blank value.
function fill(columns, size, blanks) {
  for (const [name, blank] of Object.entries(blanks)) {
    columns[name] ??= new Array(size).fill(blank);
  }
}
const NONE = Object.freeze([]);
fill(nodes, N, { colour: 0 });

// Groups that an analysis found are lists like any other; a tie agrees with the camps, contradicts them, or says nothing.
for (const { id, size, of } of page.groupings) {
  lists[id] = Array.from({ length: size }, (_, number) => ({ id: String(number + 1) }));
  nodes[id] = of;
}
lists.fit = [{ id: "agreeing" }, { id: "against" }];
ties.fit = new Array(M).fill(-1);
await calm();
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

// How many ties each node has; a tie that ends at another tie belongs to its own node alone.
const degree = new Float64Array(N);
await eachCalmly(M, (tie) => {
  const [source, target] = [ties.source[tie], ties.target[tie]];
  if (source < N) degree[source]++;
  if (target < N && target !== source) degree[target]++;
});

// Positions can change by dragging; the saved ones are what the page came with.
const X = Float64Array.from(nodes.x);
const Y = Float64Array.from(nodes.y);
await calm();
