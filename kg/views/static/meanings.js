// What may stand in the address of a network page.

const sortable = (table) => ([column, way]) => TABLES[table].columns().some(({ key }) => key === column) && ["up", "down"].includes(way);

// Name to whether what stands behind it means something here, where the state that was made of it does not tell.
function meanings() {
  const found = {
    lang: one(Object.keys(page.words["language.name"])),
    theme: one(["auto", "light", "dark"]),
    story: () => state.story !== null,
    table: one(["ties", "nodes"]),
    "sort.ties": sortable("ties"),
    "sort.nodes": sortable("nodes"),
    selected: () => state.selected !== null,
    focus: every((id) => indexOfNode.has(id)),
    steps: one(["1", "2", "3"]),
    years: () => state.years !== null,
    undated: one(["hide"]),
    others: one(["fade"]),
    unconnected: one(["hide"]),
    highlight: () => page.highlight.length > 0 && !state.highlight,
    open: (parts) => parts[0] === "all" ? CLUSTERS > 0 : parts.every((each) => each !== "" && discs[each]),
    camera: () => state.camera !== null,
    pinned: (parts) => parts.length % 3 === 0 && parts.every((part, i) => i % 3 ? part !== "" && Number.isFinite(Number(part)) : indexOfNode.has(part)),
  };
  for (const name of Object.keys(OPENING)) found[name] = ([value]) => state[name] === value;
  for (const facet of FACETS) {
    found[`off.${facet.name}`] = every((id) => id === "" || lists[facet.name].some((each) => each.id === id));
  }
  return found;
}
