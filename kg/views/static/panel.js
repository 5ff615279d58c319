// The panel: everything that is known about what is selected, with where it is said.

const panel = byId("panel");
let panelOf = null; // what it was last shown for

function showPanel() {
  const thing = state.selected;
  panel.hidden = thing === null;
  document.body.classList.toggle("with-panel", thing !== null);
  const another = thing !== panelOf;
  panelOf = thing;
  if (thing === null) return byId("details").replaceChildren();
  const used = byId("details").contains(document.activeElement) ? document.activeElement.id || "panel-title" : null;
  byId("details").replaceChildren(...(thing < N ? nodeDetails(thing) : tieDetails(thing - N)));
  if (another) panel.scrollTo(0, 0);
  if (used) (byId(used) ?? byId("panel-title")).focus({ preventScroll: true }); // what was pressed is another now
  if (!another) return;
  // On a phone it stands below the picture, which comes to the top so that it is seen to open; a story stays in sight. Tables
  // leave no room for it.
  const { top } = panel.getBoundingClientRect();
  const above = state.story !== null ? "story" : state.view === "picture" ? "stage" : "panel";
  if (top < 0 || top > window.innerHeight * 0.65) byId(above).scrollIntoView();
}

// A list of terms and what they are; without what is not known.
function facts(pairs) {
  const known = pairs.filter(([, value]) => (Array.isArray(value) ? value.length : value));
  const items = known.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, ...[value].flat())]);
  return items.length ? el("dl", {}, ...items) : null;
}

// A name in every language in which it differs, each marked with its language for screen readers.
function namesIn(labels) {
  if (typeof labels === "string") return [];
  const order = [...new Set([...page.languages, ...Object.keys(labels)])].filter((each) => labels[each]);
  return order.map((each) => {
    const language = page.words["language.name"][each] ?? each;
    return [language, el("span", { lang: each, dir: "auto", class: "data" }, labels[each])];
  });
}

function hiddenNotice(shown) {
  if (shown) return null;
  const all = el("button", { type: "button", onclick: showEverything }, t("panel.show.all"));
  return el("p", { class: "notice" }, t("panel.hidden"), " ", all);
}

function nodeDetails(node) {
  const own = tiesAt[node];
  const heading = el("h2", { id: "panel-title", tabindex: "-1" }, plain(nodeName(node)));
  const what = [
    nodes.type[node] >= 0 ? entryName("type", nodes.type[node]) : "",
    nodes.country[node].map((country) => entryName("country", country)).join(", "),
  ].filter(Boolean).join(" · ");
  const focus = el("button", { type: "button", id: "focus-here", onclick: () => focusOn(node) }, t("panel.focus"));
  const unpin = state.pinned.has(node) ? el("button", { type: "button", onclick: () => unpinNode(node) }, t("panel.unpin")) : null;
  return [
    heading,
    el("p", { class: "what" }, what),
    own.length ? el("p", { class: "what" }, signsOf(own)) : null,
    hiddenNotice(passes.node[node]),
    el("p", { class: "actions" }, focus, unpin),
    facts([
      ...namesIn(nodes.label[node]),
      [t("panel.acronym"), nodes.acronym[node] && plain(nodes.acronym[node])],
      [t("panel.aliases"), nodes.aliases[node].length ? list(nodes.aliases[node].map((alias) => plain(alias))) : ""],
      [t("facet.nodechange"), changeText(node)],
      [t("facet.kind"), nodes.kind[node] >= 0 ? entryName("kind", nodes.kind[node]) : ""],
      [t("facet.status"), nodes.status[node] >= 0 ? entryName("status", nodes.status[node]) : ""],
      [t("facet.confidence"), nodes.confidence[node] >= 0 ? entryName("confidence", nodes.confidence[node]) : ""],
      ...page.groupings.map(({ id }) => [t(`facet.${id}`), nodes[id][node] >= 0 ? entryName(id, nodes[id][node]) : ""]),
      ...[...MEASURES].map(([id, measure]) => [t(`measure.${id}`), measureText(measure, node)]),
      ...nodes.attributes[node].map(attributeFact),
      [t("panel.note"), nodes.note[node] && plain(text(nodes.note[node]))],
    ]),
    evidenceBlock(nodes.evidence[node], () => nodeName(node)),
    el("h3", {}, t("panel.relations", { n: own.length })),
    own.length ? relationList(node, own) : el("p", { class: "quiet" }, t("panel.no.relations")),
  ].filter(Boolean);
}

// How many of the ties are friendly, hostile, or neither: "6 relations: + 4 friendly, − 2 hostile".
function signsOf(own) {
  const signs = lists.sign.map((_, sign) => [sign, own.filter((tie) => ties.sign[tie] === sign).length]).filter(([, size]) => size);
  const each = signs.map(([sign, size]) => `${SIGN_MARK[sign]} ${number(size)} ${entryName("sign", sign)}`);
  return t("panel.signs", { relations: t("panel.relations", { n: own.length }), signs: each.join(", ") });
}

function attributeFact([labels, value, start, end, items]) {
  const evidence = evidenceBlock(items, () => t("text.pair", { heading: text(labels), text: value }));
  return [text(labels), [dataOrLink(value), whenOf(start, end), evidence].filter(Boolean)];
}

const whenOf = (start, end) => (start || end ? ` (${dates(start, end)})` : "");

function list(items) {
  return el("ul", { class: "plain" }, ...items.map((item) => el("li", {}, item)));
}

// The relations of a node, by what they say, the passing ones first; of very many the first, and a way to the others.
const LISTED = 150;
function relationList(node, own) {
  const groups = new Map();
  for (const tie of own) {
    const name = relationFrom(tie, node);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(tie);
  }
  const order = new Intl.Collator(lang);
  const names = [...groups.keys()].sort(order.compare);
  const sorted = names.flatMap((name) => groups.get(name).sort((a, b) => passes.tie[b] - passes.tie[a] || a - b).map((tie) => [name, tie]));
  const items = el("ul", { class: "relations" });
  const more = el("button", { type: "button" });
  let listed = 0;
  const goOn = () => {
    items.append(...sorted.slice(listed, listed + LISTED).map(([name, tie]) => relationItem(name, node, tie)));
    listed += LISTED;
    more.hidden = listed >= sorted.length;
    more.textContent = t("table.more", { n: sorted.length - listed });
  };
  more.addEventListener("click", () => {
    const before = listed;
    goOn();
    items.children[before].querySelector("button").focus(); // the first of those that came
  });
  goOn();
  return el("div", {}, items, more);
}

function relationItem(name, node, tie) {
  const other = otherEnd(tie, node);
  const mark = el("span", { class: "mark", "aria-hidden": "true" }, SIGN_MARK[ties.sign[tie]]);
  const open = el("button", { type: "button", class: "relation", onclick: () => select(N + tie) }, mark, plain(`${name} `), el("strong", {}, plain(endName(other))));
  const hedges = ties.hedge[tie].map((hedge) => entryName("hedge", hedge));
  const issues = ties.issue[tie].map((issue) => entryName("issue", issue));
  const under = plain([changeText(N + tie), ...tieFacts(tie), ...hedges, viewOf(tie), ...issues].filter(Boolean).join(" · "));
  const evidence = evidenceBlock(ties.evidence[tie], () => tieSentence(tie));
  return el("li", { class: passes.tie[tie] ? undefined : "filtered" }, open, el("div", { class: "under" }, under, evidence));
}

function endButton(end) {
  return el("button", { type: "button", class: "link", onclick: () => select(end) }, plain(endName(end)));
}

function tieDetails(tie) {
  const type = lists.relation[ties.relation[tie]];
  const heading = el("h2", { id: "panel-title", tabindex: "-1" }, plain(tieName(tie)));
  const premise = ties.from[tie];
  const inherited = premise === 0 ? "" : premise < 0 ? t("panel.inherited.elsewhere") : endButton(premise);
  const upon = (tiesOn.get(tie) ?? []).map((other) => endButton(N + other));
  return [
    heading,
    hiddenNotice(passes.tie[tie]),
    facts([
      [t("table.from"), endButton(ties.source[tie])],
      [t("facet.relation"), plain(text(type.label))],
      [t("table.to"), endButton(ties.target[tie])],
      [t("facet.tiechange"), changeText(N + tie)],
      [t("facet.sign"), `${SIGN_MARK[ties.sign[tie]]} ${entryName("sign", ties.sign[tie])}`],
      [t("facet.fit"), ties.fit[tie] >= 0 ? entryName("fit", ties.fit[tie]) : ""],
      [t("panel.direction"), t(type.mutual ? "direction.mutual" : "direction.one")],
      [t("panel.dates"), dates(ties.start[tie], ties.end[tie])],
      [t("facet.modality"), ties.modality[tie] >= 0 ? entryName("modality", ties.modality[tie]) : ""],
      [t("facet.status"), ties.status[tie] >= 0 ? entryName("status", ties.status[tie]) : ""],
      [t("panel.inherited"), inherited],
      [t("facet.confidence"), ties.confidence[tie] >= 0 ? entryName("confidence", ties.confidence[tie]) : ""],
      [t("panel.hedge"), ties.hedge[tie].map((hedge) => entryName("hedge", hedge)).join(", ")],
      [t("facet.view"), viewOf(tie)],
      [t("facet.issue"), ties.issue[tie].map((issue) => entryName("issue", issue)).join(", ")],
      [t("panel.note"), ties.note[tie] && plain(text(ties.note[tie]))],
      [t("panel.upon"), upon.length ? list(upon) : ""],
    ]),
    evidenceBlock(ties.evidence[tie], () => tieSentence(tie), true),
  ].filter(Boolean);
}

function viewOf(tie) {
  const whose = ties.view[tie] >= 0 ? entryName("view", ties.view[tie]) : "";
  const holders = ties.heldBy[tie].map(text).join(", ");
  return whose && holders ? t("text.pair", { heading: whose, text: holders }) : whose || holders;
}

function unpinNode(node) {
  state.pinned.delete(node);
  [X[node], Y[node]] = [home.x[node], home.y[node]];
  rememberState();
  showPanel();
  showButtons();
  redraw();
}

// Closes the panel; the keyboard goes back to the picture, or to the row that it was about.
function leavePanel() {
  const id = idOf(state.selected);
  select(null);
  focusView();
  const row = state.view === "table" && [...document.querySelectorAll("#table tr")].find((each) => each.dataset.id === id);
  if (row) row.querySelector("button").focus();
}

byId("close-panel").addEventListener("click", leavePanel);
