// The first picture, before anything else is read or built: all nodes and ties as the page opens.

let framed = false; // whether it is drawn: from then on large networks are drawn a piece at a time

// Draws it and lets the browser show it.
async function firstFrame() {
  showFrame();
  framed = true;
  performance.mark("kg-first-frame");
  if (!document.hidden) await new Promise(requestAnimationFrame); // a hidden page has no frames
  performance.mark("kg-shown");
  await pause();
  document.documentElement.dataset.shown = ""; // lets what stands around it appear
  rested = performance.now();
}

// Where the address or the page asks for another view, that takes all the data; of a large network the usual one is shown till then.
const opensPlainly = LARGE || (page.plain && location.hash.length < 2);
if (opensPlainly) {
  passes.node.fill(1);
  passes.tie.fill(1);
  countDiscs();
  await calm();
  applyLevels();
  await calm();
  measureStage();
  applyCamera();
  await calm();
  await firstFrame();
}
