import { fileURLToPath } from 'node:url';

import { snapshotModule } from '@portolan/compile';

import { packageVersion } from '../../measure/package-version.ts';
import type { Row } from '../../suite/suite.ts';
import { snapshotOf, upstreamsOf, type Upstream } from './upstream.ts';

/** A Worker that forwards. */
export interface Subject {
  readonly name: string;
  readonly role: Row['role'];
  /** Its file. */
  readonly main: string;
  /** Modules with data that it imports, by the name that it imports them by. */
  readonly data: Readonly<Record<string, string>>;
  /** Its variables. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export const LIMIT = 'fetch alone';

export function oursWith(routes: number): string {
  return `portolan, ${routes.toLocaleString('en')} routes`;
}

/** The Workers that are measured, those with routes with so many of them each. */
export function subjectsWith(sizes: readonly number[]): readonly Subject[] {
  return [
    {
      name: LIMIT,
      role: 'limit',
      main: fileURLToPath(new URL('workers/limit.ts', import.meta.url)),
      data: {},
      variables: { UPSTREAM: upstreamsOf(1)[0] },
    },
    ...sizes.flatMap(withRoutes),
  ];
}

function withRoutes(routes: number): readonly Subject[] {
  const upstreams = upstreamsOf(routes);
  const edgeWorker = new URL('../../../../../apps/edge-worker/src/worker.ts', import.meta.url);
  const peer = {
    role: 'peer',
    data: { '#upstreams': moduleOf(upstreams) },
    variables: {},
  } as const;
  const amount = `${routes.toLocaleString('en')} routes`;
  return [
    {
      name: oursWith(routes),
      role: 'ours',
      main: fileURLToPath(edgeWorker),
      data: { '#snapshot': snapshotModule(snapshotOf(upstreams)) },
      variables: { DIALERS: [{ dialer: 'url' }] },
    },
    {
      ...peer,
      name: `hono/proxy ${packageVersion('hono')}, ${amount}`,
      main: fileURLToPath(new URL('workers/hono-proxy.ts', import.meta.url)),
    },
    {
      ...peer,
      name: `reflare ${packageVersion('reflare')}, ${amount}`,
      main: fileURLToPath(new URL('workers/reflare.ts', import.meta.url)),
    },
  ];
}

function moduleOf(upstreams: readonly Upstream[]): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(upstreams))});`;
}
