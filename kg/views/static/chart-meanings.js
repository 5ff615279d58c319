// What may stand in the address of a chart page.

// Name to whether what stands behind it means something here.
function meanings() {
  const found = {
    lang: one(Object.keys(page.words["language.name"])),
    theme: one(["auto", "light", "dark"]),
    selected: every((id) => rowOf.has(id)),
    whole: every((id) => page.figures.some((figure) => figure.id === id && figure.first)),
    find: (parts) => parts.length === 1 && rowOf.size > 0,
  };
  for (const facet of page.facets) {
    const known = new Set(["", ...facet.entries.map(([id]) => id)]);
    found[`off.${facet.id}`] = every((id) => known.has(id));
  }
  for (const table of page.tables) {
    found[`sort.${table.id}`] = ([column, way]) => table.columns.some(([id]) => id === column) && ["up", "down"].includes(way);
  }
  return found;
}
