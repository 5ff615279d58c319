// The page's own words and the labels of the data, in the language that is chosen.

let lang = page.lang;

// The word for a key, `{name}` replaced by a value; with a count `n`, the key's `.one` form where the language has it.
function t(key, values = {}) {
  const one = values.n !== undefined && plurals(lang).select(values.n) === "one";
  const words = (one && page.words[`${key}.one`]) || page.words[key];
  return words[lang].replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}

// Making one of these takes longer than using it a hundred times.
const remembered = (make) => {
  const made = new Map();
  return (tag) => {
    if (!made.has(tag)) made.set(tag, make(tag));
    return made.get(tag);
  };
};
const plurals = remembered((tag) => new Intl.PluralRules(tag));
const numbers = remembered((tag) => new Intl.NumberFormat(tag));

function number(value) {
  return numbers(lang).format(value);
}

// Labels are one string, or a text per language.
function text(labels) {
  if (typeof labels === "string") return labels;
  return labels[lang] ?? labels.en ?? Object.values(labels)[0] ?? "";
}

function nodeName(node) {
  return text(nodes.label[node]) || nodes.id[node];
}

function nodeShort(node) {
  return nodes.short[node] || nodes.acronym[node] || nodeName(node);
}

function entryName(list, index) {
  if (index < 0) return t("none.value");
  if (list === "nodechange" || list === "tiechange") return t(`change.${lists[list][index].id}`);
  if (list === "sign" || list === "fit") return t(`${list}.${lists[list][index].id}`);
  if (list === "community") return t("group.around", { group: groupName(list, index), name: nodeShort(leadOf(index)) });
  return groupName(list, index);
}

// The name of a group in the picture, where who belongs to it is seen.
function groupName(list, index) {
  if (isGrouping(list)) return t(`group.${list}`, { n: index + 1 });
  return text(lists[list][index].label);
}

// The member of a community with the most relations, which says more than its number.
const leads = [];
function leadOf(community) {
  if (!leads.length) {
    nodes.community.forEach((each, node) => {
      if (each >= 0 && (leads[each] === undefined || degree[node] > degree[leads[each]])) leads[each] = node;
    });
  }
  return leads[community];
}

function highlightText() {
  return t("highlight", { what: text(page.highlightLabel) || t("highlight.some") });
}

function isGrouping(list) {
  return page.groupings.some((each) => each.id === list);
}

function endName(end) {
  return end < N ? nodeName(end) : tieName(end - N);
}

function tieName(tie) {
  return `${endName(ties.source[tie])} — ${entryName("relation", ties.relation[tie])} — ${endName(ties.target[tie])}`;
}

// How the relation reads from the side of `node`: "support →", "is supported by", "is allied with".
function relationFrom(tie, node) {
  const type = lists.relation[ties.relation[tie]];
  const [label, inverse] = [text(type.label), text(type.inverse)];
  if (type.mutual) return inverse || label;
  if (ties.source[tie] === node) return `${label} →`;
  return inverse || `← ${label}`;
}

function dates(start, end) {
  if (start && end) return start === end ? start : t("dates.between", { start, end });
  if (start) return t("dates.since", { start });
  return end ? t("dates.until", { end }) : t("dates.undated");
}

// Page texts that came ready from the template follow the language as well.
function translateShell() {
  document.documentElement.lang = lang;
  document.title = text(page.title);
  byId("title").textContent = text(page.title);
  byId("facts").textContent = [text(page.facts), text(page.withheld)].filter(Boolean).join(" ");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel));
  for (const element of document.querySelectorAll("[data-t-role]")) element.setAttribute("aria-roledescription", t(element.dataset.tRole));
  for (const element of document.querySelectorAll("[data-t-placeholder]")) element.placeholder = t(element.dataset.tPlaceholder);
  for (const element of document.querySelectorAll("[data-t-title]")) element.title = t(element.dataset.tTitle);
}

// An element with properties and children; text goes in as text, never as markup.
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "href") element.href = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// A piece of data as text that keeps its own direction, whatever stands beside it.
function plain(value, tag = "span") {
  return el(tag, { dir: "auto", class: "data" }, value);
}

// A note of the page itself: what stands for an option of the command line (`--country`) is not broken.
function noted(words) {
  const parts = words.split(/(--\w+(?:-\w+)*)/).map((part, place) => (place % 2 ? el("span", { class: "whole" }, part) : part));
  return el("span", { dir: "auto", class: "data" }, ...parts);
}

// A link where the address is http, https or mailto; else the plain text.
function dataOrLink(value) {
  const shown = plain(value);
  if (!/^(https?:\/\/|mailto:)\S+$/i.test(value)) return shown;
  return el("a", { href: value, rel: "noopener noreferrer", target: "_blank" }, shown);
}
