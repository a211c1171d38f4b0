// A shared phone: leaving a page empties its forms, coming back loads it anew, the exit leaves no way back.
// The look over one's answers stands in place of the questions: going back must not send them again.
"use strict";
if (document.getElementById("answers")) history.replaceState(null, "", location.href);
addEventListener("pagehide", () => { for (const form of document.forms) form.reset(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.replace(location.pathname + location.search); });
const exit = document.getElementById("exit");
if (exit) exit.addEventListener("click", (event) => { event.preventDefault(); location.replace(exit.href); });
let presses = [];
addEventListener("keydown", (event) => {
  presses = event.key === "Escape" ? [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp] : [];
  if (presses.length === 3 && exit) location.replace(exit.href);
});
