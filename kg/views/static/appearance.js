// The controls for layout, colour, size and outlines.

const CHOICES = {
  layout: { options: () => layoutChoices().map((each) => [each, layoutName(each)]), choose: chooseLayout },
  colour: { options: () => [...GROUPED, ...MEASURES.keys()].map((each) => [each, lookName(each)]), choose: chooseColour },
  size: { options: () => ["relations", ...MEASURES.keys()].map((each) => [each, lookName(each)]), choose: chooseSize },
  outline: { options: () => [["", t("look.none")], ...OUTLINED.map((each) => [each, lookName(each)])], choose: chooseOutline },
};

function chooseColour(what) {
  state.colour = what;
  buildLegend();
  changed("look");
}

function chooseSize(what) {
  state.size = what;
  changed("look");
}

function chooseOutline(what) {
  state.outline = what;
  changed("look");
}

function buildAppearance() {
  for (const [name, { options }] of Object.entries(CHOICES)) {
    const found = options();
    byId(name).replaceChildren(...found.map(([value, words]) => el("option", { value }, words)));
    byId(name).value = state[name];
    byId(`choose-${name}`).hidden = found.length < 2;
  }
  byId("look-key").replaceChildren(...[rampKey(), campNote()].filter(Boolean));
}

// The steps of colour of a measure, with what they stand for.
function rampKey() {
  const measure = MEASURES.get(state.colour);
  if (!measure) return null;
  const [low, high] = measure.scale.map((end) => decimals(lang).format(end));
  const steps = page.ramp[palette.dark].map((colour, step) => svg("rect", { x: step * 20, y: 0, width: 20, height: 12, fill: colour }));
  const bar = svg("svg", { viewBox: "0 0 100 12", class: "ramp", "aria-hidden": "true" }, ...steps);
  return el("p", { class: "quiet key" }, el("span", {}, low), bar, el("span", {}, high), el("span", {}, t("look.unknown")));
}

// How many actors without a decided camp are named.
const UNDECIDED_NAMED = 5;

// How sure the camps are, where they are shown.
function campNote() {
  const camps = page.groupings.find((each) => each.id === "camp");
  if (!camps || !campsShown()) return null;
  const parts = [t("camp.against", { n: camps.against.length }), t(camps.proven ? "camp.proven" : "camp.unproven")];
  if (camps.undecided.length) {
    const named = camps.undecided.slice(0, UNDECIDED_NAMED).map(nodeName).join(", ");
    const left = camps.undecided.length - UNDECIDED_NAMED;
    const more = left > 0 ? ` ${t("camp.others", { n: left })}` : "";
    parts.push(t("camp.undecided", { n: camps.undecided.length, names: named + more }));
  }
  if (camps.parts > 1) parts.push(t("camp.parts", { n: camps.parts }));
  return el("p", { class: "quiet key" }, parts.join(" "));
}

for (const [name, { choose }] of Object.entries(CHOICES)) {
  byId(name).addEventListener("change", (event) => {
    choose(event.target.value);
    buildAppearance();
  });
}
