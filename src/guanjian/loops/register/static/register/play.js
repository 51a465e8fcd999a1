// Plays the weeks of the spread one after the other; without it the links lead from week to week.
const frames = [...document.querySelectorAll(".spread [data-week]")];
const links = [...document.querySelectorAll(".weeks [data-of]")];
const button = document.querySelector("[data-part=play]");
const said = document.querySelector("[data-part=said]");

function show(at) {
  frames.forEach((frame, n) => (n === at ? frame.removeAttribute("display") : frame.setAttribute("display", "none")));
  const week = document.createElement("b");
  week.textContent = frames[at].dataset.week;
  links.forEach((link) => (link.dataset.of === week.textContent ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  said.replaceChildren(week, ` · ${frames[at].dataset.said}`);
}

function play(at) {
  show(at);
  if (at + 1 < frames.length) setTimeout(play, 700, at + 1);
  else button.disabled = false;
}

if (button && frames.length > 1) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    play(0);
  });
}
