// The rest of the network's data: columns that were left out filled in, and what is looked up in them.

const LARGE = N + M > 20_000;
{
  const { nodes: ofNodes, ties: ofTies, ...rest } = await readData(unpacked("rest"));
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
ties.sources = ties.evidence.map((items) => (items.length < 2 ? items.map((item) => sourceOf[item]) : [...new Set(items.map((item) => sourceOf[item]))]));
await calm();
lists.source = page.sources.map((source) => ({ id: source.id, label: source.title }));

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

function otherEnd(tie, node) {
  return ties.source[tie] === node ? ties.target[tie] : ties.source[tie];
}
