// What is pointed at, in a few words beside the pointer.

function showTip(thing, at) {
  putTip(thing < N ? nodeTip(thing) : tieTip(thing - N), at);
}

// Of many communities the name finds no place in the picture.
function showDiscTip(cluster, at) {
  putTip([el("strong", {}, plain(discName(cluster)))], at);
}

function putTip(words, at) {
  const tip = byId("tip");
  tip.replaceChildren(...words);
  tip.hidden = false;
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, screen_.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${at.y + 18 + tip.offsetHeight > screen_.height ? at.y - tip.offsetHeight - 12 : at.y + 18}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}

function nodeTip(node) {
  const type = nodes.type[node] >= 0 ? [entryName("type", nodes.type[node])] : [];
  const where = nodes.country[node].map((country) => entryName("country", country));
  return [el("strong", {}, plain(nodeName(node))), el("span", {}, [changeText(node), ...type, ...where, t("panel.relations", { n: visibleDegree(node) })].filter(Boolean).join(" · "))];
}

function tieTip(tie) {
  return [el("strong", {}, plain(tieName(tie))), el("span", {}, [changeText(N + tie), ...tieFacts(tie)].filter(Boolean).join(" · "))];
}

// The facts of a tie that its drawing shows by colour, pattern and thickness, in words.
function tieFacts(tie) {
  const modality = lists.modality[ties.modality[tie]]?.id;
  return [
    `${SIGN_MARK[ties.sign[tie]]} ${entryName("sign", ties.sign[tie])}`,
    modality && modality !== "asserted" ? entryName("modality", ties.modality[tie]) : "",
    ties.status[tie] >= 0 ? entryName("status", ties.status[tie]) : "",
    ties.confidence[tie] >= 0 ? t("confidence.of", { level: entryName("confidence", ties.confidence[tie]) }) : "",
    dates(ties.start[tie], ties.end[tie]),
  ].filter(Boolean);
}
