// A story: views one after the other, each with a title and a text.

function storyHash(step) {
  return [page.story[step].state, `story=${step + 1}`].filter(Boolean).join("&");
}

// The reader may change the view at a step; going on shows the next step as it was told, in the reader's language and colours.
async function tell(step) {
  const own = [lang === page.lang ? "" : `lang=${lang}`, state.theme === "auto" ? "" : `theme=${state.theme}`].filter(Boolean);
  const told = storyHash(step).split("&").filter((part) => !/^(lang|theme)=/.test(part));
  history.replaceState(null, "", `#${[...own, ...told].join("&")}`);
  await restore();
  buildShell();
  showView();
  if (byId("story").contains(document.activeElement) && document.activeElement.disabled) byId(step ? "story-back" : "story-next").focus();
  say(`${t("story.step", { n: step + 1, all: page.story.length })}. ${text(page.story[step].title)}`);
}

function showStory() {
  const step = state.story;
  byId("story").hidden = step === null;
  byId("tell").hidden = !page.story.length || step !== null;
  if (step === null) return;
  byId("story-place").textContent = t("story.step", { n: step + 1, all: page.story.length });
  byId("story-title").textContent = text(page.story[step].title);
  byId("story-text").textContent = text(page.story[step].text);
  byId("story-back").disabled = step === 0;
  byId("story-next").disabled = step === page.story.length - 1;
}

byId("tell").addEventListener("click", async () => {
  await tell(0);
  byId("story-next").focus();
});
byId("story-back").addEventListener("click", () => tell(state.story - 1));
byId("story-next").addEventListener("click", () => tell(state.story + 1));
byId("story-close").addEventListener("click", () => {
  state.story = null;
  showStory();
  rememberState();
  focusView();
});
