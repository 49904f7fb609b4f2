import { describe, expect, it } from 'vitest';

import { ANNOTATION_NAMES } from '../annotation/annotations.ts';
import { readSettings, type ReadSettings } from './read-settings.ts';

function read(kind: string, annotations: Readonly<Record<string, string>>): ReadSettings {
  const ours = Object.entries(annotations).map(([name, value]) => [`portolan.dev/${name}`, value]);
  return readSettings({ kind, metadata: { annotations: Object.fromEntries(ours) } });
}

/** `name reason` of each fault. */
function faultsOf(kind: string, annotations: Readonly<Record<string, string>>): readonly string[] {
  return read(kind, annotations).faults.map(
    ({ field, reason }) => `${field.replace(/^.*\/(.*)\]$/u, '$1')} ${reason}`,
  );
}

const ALL = {
  'load-balancing': 'Maglev',
  'hash-key': 'header:X-User',
  'affinity-cookie': 'shop',
  'affinity-cookie-max-age': '8h',
  retries: '1',
  'retry-on': '503,502',
  'per-try-timeout': '2s',
  'retry-body-limit': '1Mi',
  'first-byte-timeout': '10s',
  'idle-timeout': '1m30s',
  'body-limit': '10M',
  'host-policy': 'Endpoint',
  'proxy-protocol': 'v2',
  'max-requests': '100',
  'max-pending-requests': '20',
  'ejection-failures': '3',
  'ejection-time': '30s',
  'ejection-max-percent': '0',
  'health-path': '/healthz',
  'health-interval': '5s',
  'health-timeout': '500ms',
  'healthy-threshold': '1',
  'unhealthy-threshold': '5',
};

describe('the annotations of a Service', () => {
  it('make a setting each', () => {
    expect(read('Service', ALL)).toEqual({
      settings: {
        loadBalancing: 'Maglev',
        hashKey: { type: 'Header', name: 'x-user' },
        affinityCookie: 'shop',
        affinityCookieMaxAge: 28_800_000,
        retries: 1,
        retryOn: [502, 503],
        perTryTimeout: 2_000,
        retryBodyLimit: 1_048_576,
        firstByteTimeout: 10_000,
        idleTimeout: 90_000,
        bodyLimit: 10_000_000,
        hostPolicy: 'Endpoint',
        proxyProtocol: 'V2',
        maxRequests: 100,
        maxPendingRequests: 20,
        ejectionFailures: 3,
        ejectionTime: 30_000,
        ejectionMaxPercent: 0,
        healthPath: '/healthz',
        healthInterval: 5_000,
        healthTimeout: 500,
        healthyThreshold: 1,
        unhealthyThreshold: 5,
      },
      faults: [],
    });
  });

  it('make settings that are equal, to the byte, in whatever order they are written', () => {
    const backwards = Object.fromEntries(Object.entries(ALL).toReversed());
    expect(JSON.stringify(read('Service', backwards))).toBe(JSON.stringify(read('Service', ALL)));
  });

  it('say nothing where there are none of ours', () => {
    expect(readSettings({ kind: 'Service', metadata: {} })).toEqual({ faults: [] });
    const annotations = {
      'example.com/retries': 'a',
      'not-portolan.dev/retries': 'b',
      retries: 'c',
    };
    expect(readSettings({ kind: 'Service', metadata: { annotations } })).toEqual({ faults: [] });
  });
});

describe('a value that can not be read', () => {
  it('is left out, and keeps no other from counting', () => {
    expect(read('Service', { retries: 'many', 'body-limit': '1k' })).toEqual({
      settings: { bodyLimit: 1_000 },
      faults: [
        {
          field: 'metadata.annotations[portolan.dev/retries]',
          reason: 'InvalidAnnotation',
          message:
            'portolan.dev/retries must be a whole number from 0 to 5, such as "1", not "many"',
        },
      ],
    });
  });

  it('leaves no settings where it was the only one', () => {
    expect(read('Service', { 'load-balancing': 'roundrobin' })).toEqual({
      faults: [
        expect.objectContaining({
          message:
            'portolan.dev/load-balancing must be Random, RoundRobin, LeastRequests, RendezvousHash or Maglev, such as "RoundRobin", not "roundrobin"',
        }),
      ],
    });
  });

  it('is shown as far as is of use', () => {
    const [fault] = read('Service', { 'first-byte-timeout': `\n${'9'.repeat(1000)}` }).faults;
    expect(fault?.message).toMatch(/^.{1,140}, not "\\n9{59}…"$/u);
  });

  it('is one of a weight too', () => {
    expect(faultsOf('Pod', { weight: '1000' })).toEqual([]);
    expect(faultsOf('Pod', { weight: '1001' })).toEqual(['weight InvalidAnnotation']);
  });

  it('is none of what is judged where it is read', () => {
    expect(faultsOf('Ingress', { 'implementation-specific': 'Glob' })).toEqual([]);
  });
});

describe('a name that there is not', () => {
  it('is said', () => {
    expect(read('Service', { retires: '1', constructor: '1' })).toEqual({
      faults: [
        {
          field: 'metadata.annotations[portolan.dev/constructor]',
          reason: 'UnknownAnnotation',
          message: 'there is no annotation portolan.dev/constructor',
        },
        expect.objectContaining({ reason: 'UnknownAnnotation' }),
      ],
    });
  });
});

describe('an annotation on the wrong kind of object', () => {
  it('is left out, and told where it stands', () => {
    expect(read('Ingress', { 'health-path': '/', retries: '1' })).toEqual({
      settings: { retries: 1 },
      faults: [
        {
          field: 'metadata.annotations[portolan.dev/health-path]',
          reason: 'MisplacedAnnotation',
          message: 'portolan.dev/health-path stands on a Service, not on an Ingress',
        },
      ],
    });
    expect(read('Deployment', { retries: '1' }).faults).toMatchObject([
      { message: 'portolan.dev/retries stands on an Ingress or a Service, not on a Deployment' },
    ]);
  });

  it('is none that says where an object comes from', () => {
    const provenance = { source: 'cluster-a', lease: 'cart-1', manifests: 'shop' };
    expect(read('Pod', provenance)).toEqual({ faults: [] });
    expect(read('EndpointSlice', provenance)).toEqual({ faults: [] });
  });

  it('is one of the others, for each kind', () => {
    const all = Object.fromEntries(ANNOTATION_NAMES.map((name) => [name, '']));
    const misplaced = (kind: string): readonly string[] =>
      readSettings({ kind, metadata: { annotations: all } })
        .faults.filter(({ reason }) => reason === 'MisplacedAnnotation')
        .map(({ field }) => field.replace(/^.*\/(.*)\]$/u, '$1'));
    expect(misplaced('Service')).toEqual(['implementation-specific', 'weight']);
    expect(ANNOTATION_NAMES.length - misplaced('Ingress').length).toBe(9);
    expect(ANNOTATION_NAMES.length - misplaced('Pod').length).toBe(1);
    expect(misplaced('IngressClass')).toHaveLength(ANNOTATION_NAMES.length);
  });
});

describe('an annotation without effect', () => {
  it.each([
    [{ 'hash-key': 'client-address' }, 'hash-key'],
    [{ 'hash-key': 'client-address', 'load-balancing': 'RoundRobin' }, 'hash-key'],
    [{ 'affinity-cookie-max-age': '1h' }, 'affinity-cookie-max-age'],
    [{ retries: '0', 'retry-on': '503' }, 'retry-on'],
    [{ retries: '0', 'retry-body-limit': '1Ki' }, 'retry-body-limit'],
    [{ 'per-try-timeout': '10s', 'first-byte-timeout': '10s' }, 'per-try-timeout'],
    [{ 'max-pending-requests': '20', 'max-requests': '20' }, 'max-pending-requests'],
    [{ 'ejection-failures': '0', 'ejection-time': '1s' }, 'ejection-time'],
    [{ 'health-interval': '1s' }, 'health-interval'],
  ])('is told so, and kept: %j', (annotations, name) => {
    expect(faultsOf('Service', annotations)).toEqual([`${name} IneffectiveAnnotation`]);
    expect(Object.keys(read('Service', annotations).settings ?? {})).toHaveLength(
      Object.keys(annotations).length,
    );
  });

  it.each<Readonly<Record<string, string>>>([
    { 'hash-key': 'client-address', 'load-balancing': 'RendezvousHash' },
    { retries: '1', 'retry-on': '503' },
    { 'retry-on': '503' },
    { 'per-try-timeout': '9s', 'first-byte-timeout': '10s' },
    { 'per-try-timeout': '9s' },
    { 'max-pending-requests': '19', 'max-requests': '20' },
    { 'max-pending-requests': '20' },
  ])('is none of these: %j', (annotations) => {
    expect(faultsOf('Service', annotations)).toEqual([]);
  });

  it('is not told so where what it needs is there and can not be read', () => {
    expect(
      faultsOf('Service', { 'hash-key': 'client-address', 'load-balancing': 'maglev' }),
    ).toEqual(['load-balancing InvalidAnnotation']);
  });
});
