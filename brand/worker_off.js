// In the place of the worker: takes away all that it has kept on the phone, then itself.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const ours = `piagam ${new URL(registration.scope).pathname} `;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(ours)).map((name) => caches.delete(name))))
      .then(() => registration.unregister()),
  );
});
