// Keeps the app itself on the device, so that any address of it opens with no line.
//
// The build fills in the two literals below. Work is not kept here: that is the app's own storage.
"use strict";

const VERSION = /*VERSION*/"";
const PRECACHE = /*PRECACHE*/[];

/** As Trunk leaves it while the app is being developed: then nothing is kept. */
const UNFINISHED = VERSION === "";

const CACHE_PREFIX = "tessera-";
const CACHE = `${CACHE_PREFIX}${VERSION}`;
const SHELL = "/index.html";

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([install(), routes(event)]));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  if (UNFINISHED) return;
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith("/api/") || address.pathname === "/healthz") return;
  if (request.mode === "navigate") {
    event.respondWith(shell(request));
  } else if (PRECACHE.includes(address.pathname)) {
    event.respondWith(asset(request, address.pathname));
  }
});

/** Takes over unchanged files from the version before; their names change with their content. */
async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    PRECACHE.map(async (path) => {
      const known = isHashed(path) ? await caches.match(path) : undefined;
      const response = known ?? (await fetch(path, { cache: "reload" }));
      if (!response.ok) throw new Error(`could not keep ${path}: ${response.status}`);
      await cache.put(path, response);
    }),
  );
}

/** Lets the browser take the files from the cache by itself, where it can: sooner than through here. */
async function routes(event) {
  if (UNFINISHED || !event.addRoutes) return;
  const hashed = PRECACHE.filter(isHashed).map((pathname) => ({ urlPattern: { pathname } }));
  await event.addRoutes({ condition: { or: hashed }, source: { cacheName: CACHE } });
}

async function activate() {
  if (UNFINISHED) await self.registration.unregister();
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function shell(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(SHELL)) ?? fetch(request);
}

async function asset(request, path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

function isHashed(path) {
  return /-[0-9a-f]{8,}[._]/.test(path);
}
