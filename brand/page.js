// Two things that no page can do without script: keep emergency pages on the phone, and leave at once.
const { src, dataset } = document.currentScript;
const root = new URL(dataset.root || "../../", src);
// Only pages of the site name their root; forms of the app start no worker.
if (dataset.root && "serviceWorker" in navigator) {
  // After the page itself, so that the copies never delay it; a phone that refuses just has none.
  addEventListener("load", () => navigator.serviceWorker.register(new URL("sw.js", root)).catch(() => {}));
}

const way = document.querySelector(".p-leave__go");
if (way) {
  const leave = () => {
    // Blank first: the network may be slow, and whoever comes in sees only what is there now.
    document.body.textContent = "";
    document.title = "BMKG";
    history.replaceState(null, "", root);
    location.replace(way.href);
  };
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  // Said only where it works.
  document.querySelector(".p-leave-keys").hidden = false;
  let presses = [];
  // Shift with another key writes a capital letter; that is no press of Shift alone.
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    presses = [...presses.slice(-2), Date.now()];
    if (presses.length === 3 && Date.now() - presses[0] < 5000) leave();
  });
}
