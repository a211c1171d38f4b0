// A shared phone: leaving a page empties its forms, coming back to it loads it anew, Escape three times leaves at once.
"use strict";
addEventListener("pagehide", () => { for (const form of document.forms) form.reset(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.replace(location.pathname + location.search); });
let presses = [];
addEventListener("keydown", (event) => {
  presses = event.key === "Escape" ? [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp] : [];
  const exit = document.getElementById("exit");
  if (presses.length === 3 && exit) location.replace(exit.href);
});
