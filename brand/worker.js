// What a phone keeps for the moment without network. The builder writes `kept` above this line.
// Every phone keeps the same pages, all together, and one by one nothing is ever added or renewed:
// what lies on a phone never tells which page somebody has read.
const PATIENCE = 3000;
const ROOT = new URL(registration.scope).pathname;
const OURS = `piagam ${ROOT} `;
const NAME = OURS + kept.version;
const copied = new Set(kept.files.map((file) => ROOT + file));
const shownFromCopy = new Set();

const copyOf = (path) => caches.open(NAME).then((cache) => cache.match(path, { ignoreVary: true }));
const languageOf = (path) => (path.startsWith(`${ROOT}en/`) ? "en" : "id");

addEventListener("install", (event) => {
  // Without credentials: nothing that is meant for one person alone can be among the copies.
  const wanted = [...copied].map((path) => new Request(path, { cache: "no-cache", credentials: "omit" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(wanted)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(OURS) && name !== NAME;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(ROOT)) return;
  // Only folders that the site has; forms, the portal and the rest of the app are none of our business.
  const [folder] = url.pathname.slice(ROOT.length).replace(/^en\//, "").split("/");
  const isPage = request.mode === "navigate" && kept.folders.includes(folder);
  if (copied.has(url.pathname)) event.respondWith(copiedOne(event, url.pathname));
  else if (isPage) event.respondWith(fetch(request).catch(() => copyOf(kept.offline[languageOf(url.pathname)])));
});

async function copiedOne({ request, clientId, resultingClientId }, path) {
  const isPage = request.mode === "navigate";
  // A page that came from its copy need not wait once more for each of its parts.
  const found = !isPage && shownFromCopy.has(clientId) && (await copyOf(path));
  if (found) return found;
  try {
    return await inTime(request);
  } catch (failure) {
    const copy = await copyOf(path);
    if (!copy) throw failure;
    if (!isPage) return copy;
    shownFromCopy.add(resultingClientId);
    return dated(copy, languageOf(path));
  }
}

// A server that is broken helps no more than one that is silent.
function inTime(request) {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE, new TypeError("no answer"));
    fetch(request).then((answer) => (answer.status < 500 ? resolve(answer) : reject(new TypeError("broken"))), reject);
  });
}

// Says in the page, below the call control, of which day the copy is.
async function dated(copy, language) {
  const { locale, notice, built } = kept.stale[language];
  // A date has 29 signs; where server and proxy both say it, it stands there twice.
  const stored = new Date((copy.headers.get("date") || "").slice(0, 29));
  const format = { day: "numeric", month: "long", year: "numeric" };
  const day = isNaN(stored) ? built : stored.toLocaleDateString(locale, format);
  const said = `<p class="p-stale" role="status">${notice.replace("{date}", () => day)}</p>`;
  const headers = new Headers(copy.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response((await copy.text()).replace("</header>", (end) => end + said), { headers });
}
