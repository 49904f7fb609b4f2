import { compile } from '@portolan/compile';

import { createGateway, type Gateway, type GatewayOptions } from '../src/index.ts';

/** A gateway that serves manifests. */
export function serving(manifests: string, options: GatewayOptions = {}): Gateway {
  return createGateway(snapshotOf(manifests), options);
}

export function snapshotOf(manifests: string): ReturnType<Gateway['snapshot']> {
  return compile(manifests).snapshot;
}
