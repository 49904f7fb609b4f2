import { NO_STATES, type EndpointStates } from '@portolan/balancing';
import { authority, type Endpoint } from '@portolan/core';
import { DEFAULT_SETTINGS, type ResolvedSettings } from '@portolan/settings';
import { describe, expect, it } from 'vitest';

import { build, ingressFor, pod, request, rule, service } from '../../test/shop.ts';
import type { Decision, ForwardDecision, RequestFacts } from '../decision/decision.ts';
import { decide, type DecideOptions } from './decide.ts';
import { pickAnother } from './pick-endpoint.ts';

const PODS = [
  pod('cart-1', 'cart', '10.0.0.1'),
  pod('cart-2', 'cart', '10.0.0.2'),
  pod('cart-3', 'cart', '10.0.0.3'),
];

type Annotations = Readonly<Record<string, string>>;

/** Decides about a request for Service `cart`, by way of an Ingress. */
function decided(
  { ofService = {}, ofIngress = {} }: Readonly<Record<string, Annotations>> = {},
  options: DecideOptions = {},
  facts: Partial<RequestFacts> = {},
  spec: object = {},
): Decision {
  const { metadata, ...web } = ingressFor('web', rule('shop.example', '/', 'cart'));
  const { snapshot } = build([
    ...PODS,
    service('cart', spec, {
      metadata: { name: 'cart', namespace: 'shop', annotations: ofService },
    }),
    { ...web, metadata: { ...metadata, annotations: ofIngress } },
  ]);
  return decide(snapshot, request('http://shop.example/', facts), options);
}

function forwarded(...given: Parameters<typeof decided>): ForwardDecision {
  const decision = decided(...given);
  if (decision.outcome !== 'forward') throw new Error(decision.outcome);
  return decision;
}

/** Endpoints that may not be sent anything, by address. */
function unavailable(by: ReadonlyMap<string, 'Ejected' | 'Full' | 'Unhealthy'>): EndpointStates {
  return { ...NO_STATES, unavailability: (_, { address }) => by.get(address) };
}

describe('the settings of a request', () => {
  const retries = (count: number): Annotations => ({ 'portolan.dev/retries': String(count) });

  it('are the defaults where nobody says otherwise', () => {
    expect(forwarded().settings).toEqual(DEFAULT_SETTINGS);
  });

  it('take no notice of what is undefined, as it may be in options', () => {
    const settings = { defaults: { retries: 1, retryOn: undefined }, services: {} };
    const services = { 'shop/cart': { retries: undefined } };
    const options = { settings: { ...settings, services } };
    expect(forwarded({}, options).settings).toEqual({ ...DEFAULT_SETTINGS, retries: 1 });
  });

  it("are the rule's, before the Service's, before the options for it, before those for all", () => {
    const settings = {
      defaults: { retries: 5, bodyLimit: 1, idleTimeout: 1 },
      services: { 'shop/cart': { retries: 4, bodyLimit: 2 } },
    };
    const of = (annotations: Readonly<Record<string, Annotations>>): Partial<ResolvedSettings> =>
      forwarded(annotations, { settings }).settings;
    expect(of({})).toEqual({ ...DEFAULT_SETTINGS, retries: 4, bodyLimit: 2, idleTimeout: 1 });
    expect(of({ ofService: retries(3) })).toMatchObject({ retries: 3, bodyLimit: 2 });
    expect(of({ ofService: retries(3), ofIngress: retries(0) })).toMatchObject({ retries: 0 });
  });

  it('are one object for all requests of one kind', () => {
    const { snapshot } = build([
      ...PODS,
      service('cart', {}),
      ingressFor('web', rule('a.example', '/', 'cart'), rule('b.example', '/', 'cart')),
    ]);
    const [a, b] = ['a', 'b'].map((host) => decide(snapshot, request(`http://${host}.example/`)));
    expect(a?.outcome === 'forward' && b?.outcome === 'forward' && a.settings === b.settings).toBe(
      true,
    );
  });
});

describe('the endpoint of a request', () => {
  const HASHED: Annotations = {
    'portolan.dev/load-balancing': 'RendezvousHash',
    'portolan.dev/hash-key': 'header:x-user',
  };
  const user = (name: string): Partial<RequestFacts> => ({
    headers: { get: (header) => (header === 'x-user' ? name : null) },
  });

  it('is the one that the policy picks, by what it goes by', () => {
    const first = forwarded({ ofService: HASHED }, { random: () => 0 }, user('ada'));
    const again = forwarded({ ofService: HASHED }, { random: () => 0.99 }, user('ada'));
    expect(first.hashKey).toBeDefined();
    expect(again.endpoint).toEqual(first.endpoint);
    const others = Array.from({ length: 20 }, (_, index) =>
      forwarded({ ofService: HASHED }, {}, user(`user-${index}`)),
    );
    expect(new Set(others.map(({ endpoint }) => endpoint.address)).size).toBe(3);
  });

  it("is the client's own with sessionAffinity, whatever the policy", () => {
    const spec = { sessionAffinity: 'ClientIP' };
    const of = (clientAddress: string, unit: number): ForwardDecision =>
      forwarded({ ofService: HASHED }, { random: () => unit }, { clientAddress }, spec);
    expect(of('192.0.2.7', 0).settings.hashKey).toEqual({ type: 'ClientAddress' });
    expect(of('192.0.2.7', 0).endpoint).toEqual(of('192.0.2.7', 0.99).endpoint);
  });

  it('is the one that a session names, as long as it may answer', () => {
    const ofService = { 'portolan.dev/affinity-cookie': 'stay' };
    const session = (endpoint: string, port = 'shop/cart:80'): Partial<RequestFacts> => ({
      sessions: { stay: { port, endpoint } },
    });
    const kept = forwarded({ ofService }, {}, session('10.0.0.3:8080'));
    expect(kept).toMatchObject({ isSession: true, endpoint: { address: '10.0.0.3' } });
    for (const facts of [session('10.9.9.9:8080'), session('10.0.0.3:8080', 'shop/mail:80')]) {
      expect(forwarded({ ofService }, {}, facts)).not.toHaveProperty('isSession');
    }
    const states = unavailable(new Map([['10.0.0.3', 'Ejected']]));
    expect(forwarded({ ofService }, { states }, session('10.0.0.3:8080')).endpoint).toMatchObject({
      address: '10.0.0.1',
    });
  });

  it('is none that is ejected or unhealthy, unless all are', () => {
    const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
    const states = unavailable(
      new Map([
        ['10.0.0.1', 'Ejected'],
        ['10.0.0.2', 'Unhealthy'],
      ]),
    );
    const at = (unit: number): string =>
      forwarded({}, { states, random: () => unit }).endpoint.address;
    expect([0, 0.5, 0.99].map(at)).toEqual(['10.0.0.3', '10.0.0.3', '10.0.0.3']);
    const none = unavailable(new Map(addresses.map((address) => [address, 'Ejected'])));
    expect(addresses).toContain(forwarded({}, { states: none }).endpoint.address);
  });

  it('is nobody where all have as many requests as they may', () => {
    const states: EndpointStates = { ...NO_STATES, unavailability: () => 'Full' };
    expect(decided({}, { states })).toMatchObject({
      outcome: 'respond',
      status: 503,
      reason: 'Overloaded',
      retryAfter: 1,
    });
  });
});

describe('another endpoint for a request whose try failed', () => {
  const decision = forwarded();
  const addressed = (...addresses: readonly string[]): ReadonlySet<Endpoint> =>
    new Set(decision.endpoints.filter(({ address }) => addresses.includes(address)));

  it('is one that was not tried, and is available', () => {
    const states = unavailable(new Map([['10.0.0.2', 'Ejected']]));
    const another = pickAnother(decision, addressed('10.0.0.1'), { states });
    expect(another && authority(another.address, another.port)).toBe('10.0.0.3:8080');
  });

  it('is none where all were tried', () => {
    expect(pickAnother(decision, new Set(decision.endpoints))).toBeUndefined();
    const states: EndpointStates = { ...NO_STATES, unavailability: () => 'Unhealthy' };
    expect(pickAnother(decision, addressed('10.0.0.1'), { states })).toBeUndefined();
  });

  it('takes no turn, which is for the requests that come', () => {
    let turns = 0;
    const states: EndpointStates = { ...NO_STATES, nextTurn: () => (turns += 1) };
    const inTurn: ForwardDecision = {
      ...decision,
      settings: { ...decision.settings, loadBalancing: 'RoundRobin' },
    };
    expect(pickAnother(inTurn, addressed('10.0.0.1'), { states })).toBeDefined();
    expect(turns).toBe(0);
  });
});
