// A shared phone: leaving a page empties its forms, coming back to it loads it anew, Escape three times leaves at once.
// The look over one's answers is shown in place of the questions: going back to it must not send them again.
"use strict";
if (document.getElementById("answers")) history.replaceState(null, "", location.href);
addEventListener("pagehide", () => { for (const form of document.forms) form.reset(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.replace(location.pathname + location.search); });
let presses = [];
addEventListener("keydown", (event) => {
  presses = event.key === "Escape" ? [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp] : [];
  const exit = document.getElementById("exit");
  if (presses.length === 3 && exit) location.replace(exit.href);
});
