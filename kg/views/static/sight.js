// Where nothing can be seen, that is said above the picture, with the way back.

const SIGHT_REACH = 40; // pixels beyond the screen at which a node may still show its name

const within = ({ x, y }, reach) => x > -reach && y > -reach && x < screen_.width + reach && y < screen_.height + reach;

// Whether the straight line from a to b comes nearer to the screen than `reach`.
function crosses(a, b, reach) {
  const [left, top, right, bottom] = [-reach, -reach, screen_.width + reach, screen_.height + reach];
  if (Math.max(a.x, b.x) < left || Math.min(a.x, b.x) > right || Math.max(a.y, b.y) < top || Math.min(a.y, b.y) > bottom) return false;
  const side = (x, y) => Math.sign((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x));
  const first = side(left, top);
  return !first || [[right, top], [left, bottom], [right, bottom]].some(([x, y]) => side(x, y) !== first);
}

// Whether any node, relation or community lies on the screen.
function isAnythingInSight() {
  const at = (disc) => ({ x: disc.x * view.k + view.x, y: disc.y * view.k + view.y });
  for (let node = 0; node < N; node++) {
    if (level.node[node] && within(pointOf(node, view), SIGHT_REACH + radiusOf(node, view))) return true;
  }
  for (let tie = 0; tie < M; tie++) {
    const [a, b] = [ties.source[tie], ties.target[tie]];
    if (level.tie[tie] && crosses(pointOf(a, view), pointOf(b, view), SIGHT_REACH + Math.abs(bend[tie]) * view.k)) return true;
  }
  if (!areDiscsShown()) return false;
  for (let cluster = 0; cluster < CLUSTERS; cluster++) {
    const disc = discs[cluster];
    if (disc.shown && !state.open.has(cluster) && within(at(disc), SIGHT_REACH + discRadius(disc, view))) return true;
  }
  for (const { from, to, shown } of bridges) {
    if (shown && crosses(at(discs[from]), at(discs[to]), SIGHT_REACH)) return true;
  }
  return false;
}

function whyNothing() {
  if (!passes.node.includes(1)) return N ? "stage.nothing" : "stage.empty";
  return state.view !== "picture" || isAnythingInSight() ? "" : "stage.away";
}

const WAYS_BACK = {
  "stage.nothing": [() => t("panel.show.all"), () => showEverything()],
  "stage.away": [() => t("stage.fit"), () => showWhole()],
};

// Made anew only where it says something else: a button that is pressed while the picture moves stays.
function showNothing() {
  if (bare) return; // the words come later
  const notice = byId("nothing");
  const why = whyNothing();
  notice.hidden = !why;
  if (notice.dataset.told === `${why} ${lang}`) return;
  notice.dataset.told = `${why} ${lang}`;
  const [words, back] = WAYS_BACK[why] ?? [];
  notice.replaceChildren(why ? t(why) : "", " ", back ? el("button", { type: "button", onclick: () => (back(), focusView()) }, words()) : "");
  if (why === "stage.away") say(t(why));
}
