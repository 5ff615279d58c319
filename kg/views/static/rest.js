// The rest of the network's data: columns that were left out filled in, and what is looked up in them.

{
  const { nodes: ofNodes, ties: ofTies, ...rest } = await readData("rest");
  Object.assign(page, rest);
  Object.assign(nodes, ofNodes);
  Object.assign(ties, ofTies);
}
await calm();
fill(nodes, N, { short: "", acronym: "", aliases: NONE, country: NONE, attributes: NONE, evidence: NONE, note: "" });
fill(ties, M, { hedge: NONE, issue: NONE, start: "", end: "", heldBy: NONE, from: 0, evidence: NONE, note: "" });

lists.sign = [{ id: "positive" }, { id: "neutral" }, { id: "negative" }];
const SIGN_MARK = ["+", "·", "−"];
ties.sign = ties.relation.map((type) => 1 - lists.relation[type].sign);
const sourceOf = page.evidence.source;
await calm();
const sourcesOf = remembered((items) => (items.length < 2 ? items.map((item) => sourceOf[item]) : [...new Set(items.map((item) => sourceOf[item]))]));
ties.sources = [];
await eachCalmly(M, (tie) => ties.sources.push(sourcesOf(ties.evidence[tie]))); // what repeats is the same list
lists.source = page.sources.map((source) => ({ id: source.id, label: source.title }));

const indexOfNode = new Map();
await eachCalmly(N, (node) => indexOfNode.set(nodes.id[node], node));

// The ties at each node; a tie that ends at another tie belongs to its own node alone.
const tiesAt = Array.from({ length: N }, () => []);
// The ties that end at a tie.
const tiesOn = new Map();
const joins = (end, tie) => {
  if (end < N) tiesAt[end].push(tie);
  else tiesOn.set(end - N, [...(tiesOn.get(end - N) ?? []), tie]);
};
await eachCalmly(M, (tie) => {
  joins(ties.source[tie], tie);
  if (ties.target[tie] !== ties.source[tie]) joins(ties.target[tie], tie);
});

function otherEnd(tie, node) {
  return ties.source[tie] === node ? ties.target[tie] : ties.source[tie];
}
