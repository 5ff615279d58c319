// What the reader does in vis-network's picture, handed on to the page.

let settleTimer = 0;

function visThing({ nodes: [node], edges: [edge] }) {
  return node ?? edge ?? null;
}

function listen() {
  network.on("click", (event) => {
    const thing = visThing(event);
    const disc = thing === null ? discAt(event.pointer.DOM.x, event.pointer.DOM.y, view) : null;
    if (disc === null) select(thing);
    else openDisc(disc);
  });
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && focusOn(node));
  network.on("zoom", () => {
    takeOver();
    rememberCamera();
    clearTimeout(settleTimer);
    settleTimer = setTimeout(redraw, 130); // sizes for the new view
  });
  network.on("dragEnd", ({ nodes: [node] }) => {
    takeOver();
    if (node === undefined) return rememberCamera();
    state.pinned.add(node);
    showButtons();
    rememberState();
    return redraw();
  });
  network.on("stabilized", takeOver);
  for (const [on, off, field] of [["hoverNode", "blurNode", "node"], ["hoverEdge", "blurEdge", "edge"]]) {
    network.on(on, (event) => showTip(event[field], event.pointer.DOM));
    network.on(off, hideTip);
  }
}

byId("unfold").hidden = true; // vis-network takes minutes for what this would open

byId("shake").addEventListener("click", () => {
  shaking = !shaking;
  byId("shake").setAttribute("aria-pressed", String(shaking));
  network.setOptions({ physics: { enabled: shaking } });
  if (!shaking) takeOver();
});
