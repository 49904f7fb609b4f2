import { parseCIDR } from '../../address/cidr.ts';
import { canonicalIP } from '../../address/ip.ts';
import { canonicalJSON } from '../../canonical-json/canonical-json.ts';
import type { DNSRecord } from '../../dns/record.ts';
import { validateDNS1123Subdomain } from '../../names/dns-1123.ts';
import type { Service } from '../../resources/service.ts';
import { EVERY_NODE } from '../service-type.ts';
import type { Frontend } from '../service-type.ts';
import { textsIn } from './field-value.ts';
import { requirePlainJSON } from './plain-json.ts';
import { SAMPLE_CONTEXT, sampleEndpointSets } from './sample-context.ts';
import type { ContractCheck, ServiceTypeUnderTest } from './service-type-contract.ts';
import { admitOne, deepFreeze, requireEqual, requireThat, subjectOf } from './subject.ts';

/** Frontends, endpoints and DNS records of an admitted Service. */
export function resultChecks(given: ServiceTypeUnderTest): readonly ContractCheck[] {
  const context = deepFreeze(SAMPLE_CONTEXT);
  const withAdmitted = (run: (subject: ReturnType<typeof admit>) => void) => (): void =>
    run(admit(given));
  return [
    {
      name: 'frontends are at canonical addresses or DNS names, and at ports of the Service',
      run: withAdmitted(({ admitted, registry }) => {
        const frontends = registry.frontends(admitted, context);
        requirePlainJSON(frontends, 'frontends');
        for (const frontend of frontends) requireWellFormed(frontend, admitted);
      }),
    },
    {
      name: 'no frontend is given twice',
      run: withAdmitted(({ admitted, registry }) => {
        const frontends = registry.frontends(admitted, context);
        requireEqual(new Set(frontends.map(canonicalJSON)).size, frontends.length, 'frontends');
      }),
    },
    {
      name: 'no frontend is invented: its host is in the Service, in a node, or the Service’s name in DNS',
      run: withAdmitted(({ admitted, registry }) => {
        const { name, namespace = 'default' } = admitted.metadata;
        const texts = new Set(textsIn([admitted, context.nodes]).map(canonicalHost));
        for (const { host } of registry.frontends(admitted, context)) {
          requireThat(
            host === EVERY_NODE ||
              texts.has(host) ||
              `${host}.`.startsWith(`${name}.${namespace}.`),
            `nothing gives ${host}`,
          );
        }
      }),
    },
    {
      name: 'endpoints are those of the Service’s ports, or a refusal that says why',
      run: withAdmitted(({ admitted, registry }) => {
        const sets = deepFreeze(sampleEndpointSets(admitted));
        const found = registry.endpoints(admitted, { discovered: () => sets }, context);
        requirePlainJSON(found, 'endpoints');
        if ('refused' in found) {
          requireThat(/^[A-Z][A-Za-z]+$/.test(found.refused), `${found.refused} is not CamelCase`);
          requireThat(found.message !== '', 'a refusal without a message');
          return;
        }
        const names = new Set((admitted.spec.ports ?? []).map(({ name = '' }) => name));
        for (const { portName } of found) {
          requireThat(names.has(portName), `the Service has no port named "${portName}"`);
        }
      }),
    },
    {
      name: 'DNS records are canonical, and none is given twice',
      run: withAdmitted(({ admitted, registry }) => {
        const sets = deepFreeze(sampleEndpointSets(admitted));
        const records = registry.dnsRecords(admitted, sets, context);
        requirePlainJSON(records, 'DNS records');
        requireEqual(new Set(records.map(canonicalJSON)).size, records.length, 'DNS records');
        for (const record of records) requireRecord(record);
      }),
    },
    {
      name: 'asked twice, it answers the same',
      run: withAdmitted(({ admitted, registry }) => {
        const sets = deepFreeze(sampleEndpointSets(admitted));
        const ask = (): unknown => [
          registry.frontends(admitted, context),
          registry.endpoints(admitted, { discovered: () => sets }, context),
          registry.dnsRecords(admitted, sets, context),
        ];
        requireEqual(ask(), ask(), 'the second answer');
      }),
    },
  ];
}

function admit(given: ServiceTypeUnderTest): ReturnType<typeof subjectOf> & {
  readonly admitted: Service;
} {
  const subject = subjectOf(given);
  return { ...subject, admitted: admitOne(subject.registry, subject.service) };
}

function requireWellFormed(frontend: Frontend, { spec }: Service): void {
  const { entrance, host, port, portName, protocol, trafficPolicy, sourceRanges } = frontend;
  const text = canonicalJSON(frontend);
  requireThat(entrance === 'external' || entrance === 'internal', `no entrance: ${text}`);
  requireThat(
    host === EVERY_NODE ||
      canonicalIP(host) === host ||
      validateDNS1123Subdomain(host).length === 0,
    `no canonical host: ${text}`,
  );
  requireThat(Number.isInteger(port) && port >= 1 && port <= 65535, `no port: ${text}`);
  requireThat(
    (spec.ports ?? []).some(
      (each) => (each.name ?? '') === portName && (each.protocol ?? 'TCP') === protocol,
    ),
    `the Service has no such port: ${text}`,
  );
  requireThat(
    trafficPolicy === 'Cluster' || trafficPolicy === 'Local',
    `no traffic policy: ${text}`,
  );
  for (const range of sourceRanges ?? []) {
    requireThat(parseCIDR(range) !== undefined, `no CIDR: ${text}`);
  }
}

function requireRecord(record: DNSRecord): void {
  const text = canonicalJSON(record);
  // An underscore starts the labels of an SRV record: RFC 2782.
  requireThat(isDomainName(record.name.replaceAll(/(^|\.)_/g, '$1')), `no name: ${text}`);
  if ('target' in record) requireThat(isDomainName(record.target), `no target: ${text}`);
  else requireThat(canonicalIP(record.address) === record.address, `no address: ${text}`);
}

/** Lower case and without the trailing dot. CoreDNS starts a label with a hyphen where an address starts with `::`. */
function isDomainName(name: string): boolean {
  return validateDNS1123Subdomain(name.replaceAll(/(^|\.)-+/g, '$1')).length === 0;
}

function canonicalHost(text: string): string {
  return canonicalIP(text) ?? text.toLowerCase().replace(/\.$/, '');
}
