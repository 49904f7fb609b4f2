/** The page of the map, in the browser. What it needs is beside it, wherever that is. */
import { engineInWorker, mountMap, type AskSnapshot } from '@portolan/playground/map';

/** Milliseconds from one answer to the next question. */
const EVERY = 2_000;

const besides = (name: string): URL => new URL(name, import.meta.url);

/** Asks for the Snapshot, and is told in a few bytes where it is the last one still. */
function served(): AskSnapshot {
  let version: string | undefined;
  return async () => {
    const headers: HeadersInit = version === undefined ? {} : { 'If-None-Match': version };
    const response = await fetch(besides('snapshot'), { headers });
    if (response.status === 304) return undefined;
    if (!response.ok) throw new Error(`the Worker answered ${response.status}`);
    const snapshot = await response.json();
    version = response.headers.get('etag') ?? undefined;
    return snapshot;
  };
}

const element = document.querySelector('#map');
if (element === null) throw new Error('the page has no place for the map');
mountMap(element, {
  startEngine: engineInWorker(() => new Worker(besides('engine.js'), { type: 'module' })),
  snapshot: served(),
  every: EVERY,
});
