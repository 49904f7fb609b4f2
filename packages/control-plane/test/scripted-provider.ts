import type { Service } from '@portolan/core';

import type { LoadBalancerProvider, Provision } from '../src/load-balancers/provider.ts';

/** A provider that does as it is told, and takes down what it was asked. */
export interface ScriptedProvider extends LoadBalancerProvider {
  /** `ensure cart`, `release cart`: in order. */
  readonly calls: string[];
  /** The Services and numbers of nodes that it was asked to provide for. */
  readonly requests: { readonly service: Service; readonly nodes: number }[];
  readonly signals: AbortSignal[];
  /** What comes of `ensure`; may be changed at any time. */
  answer: (service: Service) => Promise<Provision> | Provision;
  /** What comes of `release`. */
  released: () => Promise<void> | void;
}

export function scriptedProvider(name = 'scripted', ip = '192.0.2.1'): ScriptedProvider {
  const provider: ScriptedProvider = {
    name,
    loadBalancerClass: `portolan.dev/${name}`,
    calls: [],
    requests: [],
    signals: [],
    answer: () => ({ ingress: [{ ip, ipMode: 'VIP' }] }),
    released: () => undefined,
    ensure: async ({ service, nodes, signal }) => {
      provider.calls.push(`ensure ${service.metadata.name}`);
      provider.requests.push({ service, nodes: nodes.length });
      provider.signals.push(signal);
      return provider.answer(service);
    },
    release: async ({ service }) => {
      provider.calls.push(`release ${service.metadata.name}`);
      await provider.released();
    },
  };
  return provider;
}
