// Whoever has been here is told in our words when there is no connection: see service-worker.js.
addEventListener("load", () => navigator.serviceWorker?.register("/service-worker.js").catch(() => {}));
