// Evidence with its source, and citations of it.

function evidenceBlock(items, sentence, open = false) {
  if (!items.length) return null;
  const block = el("details", { class: "evidence", open }, el("summary", {}, t("evidence.count", { n: items.length })));
  const fillIn = () => block.append(...items.map((item) => evidenceItem(item, sentence)));
  if (open) fillIn();
  else block.addEventListener("toggle", fillIn, { once: true }); // a hub has hundreds that nobody opens
  return block;
}

function evidenceItem(item, sentence) {
  const source = page.sources[page.evidence.source[item]];
  const section = text(page.evidence.section[item]);
  const characters = rangesOf(item);
  const status = el("span", { class: "done", role: "status" });
  const copy = el("button", { type: "button", class: "small" }, t("evidence.copy"));
  copy.addEventListener("click", async () => {
    status.textContent = (await copyText(citation(item, sentence()))) ? t("copied") : t("copy.failed");
  });
  const whence = [source.authors, source.issued].filter(Boolean).join(", ");
  return el(
    "blockquote",
    {},
    el("p", {}, plain(text(page.evidence.paraphrase[item]))),
    el(
      "footer",
      {},
      plain(source.title, "cite"),
      whence ? plain(whence) : null,
      section ? el("span", {}, t("evidence.section"), " ", plain(section)) : null,
      characters ? el("span", {}, t("evidence.characters", { characters })) : null,
      source.address ? plain(source.address) : null,
      el("span", {}, copy, " ", status),
    ),
  );
}

// "A supports B (since 2006; stated, confidence high). Paraphrase “Section”, characters 1-9. In: Authors (2013): Title. Address"
function citation(item, sentence) {
  const source = page.sources[page.evidence.source[item]];
  const section = text(page.evidence.section[item]);
  const characters = rangesOf(item);
  const where = [section && `“${section}”`, characters && t("evidence.characters", { characters })].filter(Boolean).join(", ");
  const who = `${source.authors}${source.issued ? ` (${source.issued})` : ""}`;
  const title = source.authors ? t("text.pair", { heading: who, text: source.title }) : source.title;
  const when = !source.authors && source.issued ? ` (${source.issued})` : "";
  const address = source.address ? ` ${source.address}` : "";
  return `${sentence}. ${text(page.evidence.paraphrase[item])} ${where ? `${where}. ` : ""}${t("citation.in")} ${title}${when}.${address}`;
}

// Where in the source a passage stands, several ranges apart as the language sets them.
function rangesOf(item) {
  return page.evidence.characters[item].split("; ").join(t("text.between"));
}

function tieSentence(tie) {
  return `${tieName(tie)} (${tieFacts(tie).slice(1).join(t("text.between"))})`;
}

async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyBySelection(words); // no permission, or a page that is not trusted with the clipboard
  }
}

function copyBySelection(words) {
  const area = el("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  const before = document.activeElement;
  area.value = words;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}
