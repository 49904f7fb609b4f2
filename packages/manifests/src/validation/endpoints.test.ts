import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

function read(text: string): readonly string[] {
  return parseManifests([{ name: 'a.yaml', text }]).diagnostics.map(({ message }) => message);
}

const slice = (text: string): readonly string[] =>
  read(`apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: web-1}\n${text}`);

const endpoints = (text: string): readonly string[] =>
  read(`apiVersion: v1\nkind: Endpoints\nmetadata: {name: web}\nsubsets: ${text}`);

const IPV4 = 'addressType: IPv4\nendpoints:';

describe('an EndpointSlice', () => {
  it.each([
    'addressType: IPv4',
    `${IPV4} [{addresses: [10.0.0.1], conditions: {ready: false}, nodeName: a, zone: z}]`,
    'addressType: IPv6\nendpoints: [{addresses: ["2001:db8::1"]}]',
    'addressType: FQDN\nendpoints: [{addresses: [api.example.com.]}]',
    'addressType: FQDN\nendpoints: [{addresses: [1.example.com, 10-0-0-1.example]}]',
    // The site's and the global multicast range; NAT64.
    'addressType: IPv6\nendpoints: [{addresses: ["ff05::1", "ff0e::1", "64:ff9b::127.0.0.1"]}]',
    `${IPV4} [{addresses: [224.0.1.1]}]`,
    'addressType: IPv4\nports: [{}, {name: b, port: 80, protocol: UDP, appProtocol: http}]',
    `${IPV4} [{addresses: [10.0.0.1], hints: {forZones: [{name: a}, {name: b}]}}]`,
  ])('is fine with %s', (text) => {
    expect(slice(text)).toEqual([]);
  });

  it.each([
    ['{}', 'addressType: Required value'],
    [
      'addressType: IP',
      'addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"',
    ],
    [`${IPV4} [{}]`, 'endpoints[0].addresses: Required value: must contain at least 1 address'],
    [
      `${IPV4} [{addresses: ["2001:db8::1"]}]`,
      'endpoints[0].addresses[0]: Invalid value: "2001:db8::1": must be a valid IPv4 address',
    ],
    [
      `${IPV4} [{addresses: [web]}]`,
      'endpoints[0].addresses[0]: Invalid value: "web": must be a valid IPv4 address',
      'endpoints[0].addresses[0]: Invalid value: "web": must be a valid IP address',
    ],
    [
      'addressType: IPv6\nendpoints: [{addresses: ["fe80::1"]}]',
      'endpoints[0].addresses[0]: Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ],
    [
      'addressType: IPv6\nendpoints: [{addresses: ["ff12::1"]}]',
      'endpoints[0].addresses[0]: Invalid value: "ff12::1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    ],
    [
      `${IPV4} [{addresses: ["::ffff:0.0.0.0"]}]`,
      'endpoints[0].addresses[0]: Invalid value: "::ffff:0.0.0.0": may not be unspecified (::ffff:0.0.0.0)',
    ],
    [
      `${IPV4} [{addresses: [10.0.0.1], hostname: a.b}]`,
      'endpoints[0].hostname: Invalid value: "a.b": must not contain dots',
    ],
    [
      `${IPV4} [{addresses: [10.0.0.1], hints: {forZones: [{name: a}, {name: a}]}}]`,
      'endpoints[0].hints.forZones[1].name: Duplicate value: "a"',
    ],
    ['addressType: IPv4\nports: [{}, {port: 80}]', 'ports[1].name: Duplicate value: ""'],
    [
      'addressType: IPv4\nports: [{protocol: HTTP}]',
      'ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    ],
  ])('is refused with %s', (text, ...messages) => {
    expect(text === '{}' ? slice('') : slice(text)).toEqual(messages);
  });

  it.each(['127.1', '0x7f.1', 'example.0x7f', '10.0.0.1', '127.1.'])(
    'is refused with the domain name %s, which URL parsers take for an IPv4 address',
    (name) => {
      expect(slice(`addressType: FQDN\nendpoints: [{addresses: ["${name}"]}]`)).toEqual([
        `endpoints[0].addresses[0]: Invalid value: "${name}": must be a DNS name, not an IP address`,
      ]);
    },
  );

  it('holds at most 1000 endpoints, of at most 100 addresses', () => {
    const many = (text: string, count: number): string => Array(count).fill(text).join(', ');
    const full = `{addresses: [${many('10.0.0.1', 100)}]}`;
    expect(slice(`${IPV4} [${many(full, 10)}, ${many('{addresses: [10.0.0.1]}', 990)}]`)).toEqual(
      [],
    );
    expect(slice(`${IPV4} [${many('{addresses: [10.0.0.1]}', 1001)}]`)).toMatchObject([
      expect.stringMatching(/^endpoints: Too many: .*must have at most 1000 items$/u),
    ]);
    expect(slice(`${IPV4} [{addresses: [${many('10.0.0.1', 101)}]}]`)).toMatchObject([
      expect.stringMatching(/^endpoints\[0\].addresses: Too many: .*at most 100 items$/u),
    ]);
  });
});

describe('an Endpoints object', () => {
  it.each([
    '[]',
    '[{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}]}]',
    '[{notReadyAddresses: [{ip: "2001:db8::1", hostname: a, nodeName: b.c}]}]',
    '[{addresses: [{ip: 10.0.0.1}], ports: [{name: a, port: 80}, {name: b, port: 81}]}]',
  ])('is fine with %s', (text) => {
    expect(endpoints(text)).toEqual([]);
  });

  it.each([
    ['[{}]', 'subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`'],
    [
      '[{addresses: [{}]}]',
      'subsets[0].addresses[0].ip: Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'subsets[0].addresses[0].ip: Invalid value: "": must be a valid IP address',
    ],
    [
      '[{addresses: [{ip: 224.0.0.1}]}]',
      'subsets[0].addresses[0].ip: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    ],
    [
      '[{addresses: [{ip: 10.0.0.1}], ports: [{port: 80}, {port: 81, name: b}]}]',
      'subsets[0].ports[0].name: Required value',
    ],
    [
      '[{addresses: [{ip: 10.0.0.1}], ports: [{port: 0}]}]',
      'subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
  ])('is refused with %s', (text, ...messages) => {
    expect(endpoints(text)).toEqual(messages);
  });
});

describe('an endpoint on this machine', () => {
  const source = (text: string) => parseManifests([{ name: 'a.yaml', text }]);

  it.each([
    ['IPv4', '127.0.0.1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['IPv6', '::1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['FQDN', 'localhost', 'should be a domain with at least two segments separated by dots'],
  ])('is taken in an EndpointSlice of %s, %s, with a warning', (addressType, address, detail) => {
    const { manifests, diagnostics } = source(
      `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: web-1}\naddressType: ${addressType}\nendpoints: [{addresses: ["${address}"]}]`,
    );
    expect(manifests).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        message: `endpoints[0].addresses[0]: Invalid value: "${address}": ${detail}; a cluster refuses it; here it is dialled on this machine`,
      },
    ]);
  });

  it('is taken in an Endpoints object, with a warning', () => {
    const { manifests, diagnostics } = source(
      'apiVersion: v1\nkind: Endpoints\nmetadata: {name: web}\nsubsets: [{addresses: [{ip: 127.0.0.1}]}]',
    );
    expect(manifests).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ severity: 'warning' }]);
  });
});
