// What an address asks for that the page does not have: it is passed over, and said. Each kind of page has its own `meanings`.

const one = (known) => (parts) => parts.length === 1 && known.includes(parts[0]);
const every = (has) => (parts) => parts.every(has);

let passedOver = [];
function findPassedOver(hash) {
  const known = meanings();
  passedOver = [...givenIn(hash)].filter(([name, value]) => !known[name]?.(unpack(value))).map(([name, value]) => `${name}=${unpack(value).join(", ")}`);
  if (passedOver.length) say(passedText());
}

const TOLD = 3; // of which a reader learns what is wrong; the rest is of the same kind
const LONGEST = 60; // characters of each
function passedText() {
  const told = passedOver.slice(0, TOLD).map((each) => (each.length > LONGEST ? `${[...each].slice(0, LONGEST).join("")}…` : each));
  return t("address.passed", { what: (passedOver.length > TOLD ? [...told, "…"] : told).join(", ") });
}

function showPassedOver() {
  byId("passed").hidden = !passedOver.length;
  byId("passed").textContent = passedOver.length ? passedText() : "";
}
