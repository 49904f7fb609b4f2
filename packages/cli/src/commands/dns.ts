import type { DNSRecord } from '@portolan/core';
import { resolve, type Answer, type ResourceRecord } from '@portolan/dns';
import type { Snapshot } from '@portolan/engine';
import { table } from '@portolan/terminal';
import { Command } from 'commander';

import { printErrors, type Loaded } from '../input/load-manifests.ts';
import type { IO } from '../io/io.ts';
import { jsonText } from '../io/json-text.ts';
import type { Act } from '../main/act.ts';
import { EXIT, type ExitCode } from '../main/exit-code.ts';
import {
  loadFrom,
  withManifestOptions,
  type ManifestOptions,
} from '../options/manifest-options.ts';

const EXAMPLES = `
Examples:
  portolan dns cart.shop.svc.cluster.local -f k8s/
  portolan dns cart -n shop -f k8s/            as a Pod of the namespace shop would ask
  portolan dns _http._tcp.cart.shop -f k8s/
`;

/** What cluster DNS answers. */
export function dnsCommand(act: Act): Command {
  const command = new Command('dns')
    .summary('look a name up as a Pod would')
    .description(
      "Answers for a name what the cluster's DNS would: A, AAAA, CNAME, SRV and PTR records.",
    )
    .argument('<name>', 'a name; short ones are looked for as a Pod does');
  return withManifestOptions(command).addHelpText('after', EXAMPLES).action(act(run));
}

async function run(io: IO, name: string, options: ManifestOptions): Promise<ExitCode> {
  const { loaded, configuration } = await loadFrom(options, io);
  const isFaulty = printErrors(loaded.compiled.diagnostics, io);
  const namespace = options.namespace ?? configuration.namespace ?? 'default';
  const { snapshot } = loaded.compiled;
  const domain = snapshot.clusterDomain.toLowerCase();
  const lookups = searchList(name, namespace, domain).map((candidate) =>
    lookUp(snapshot, candidate),
  );
  const lookup = lookups.find(({ records }) => records.length > 0);
  const found = lookup && {
    name: lookup.name,
    records: lookup.records.map((record) => withOrigin(record, loaded)),
  };
  if (options.json) {
    await io.out(jsonText(found ?? { name, records: [] }));
  } else if (found === undefined) {
    io.err(`${reasonOf(name, lookups)}\n`);
  } else {
    const rows = found.records.map((record) => [
      record.name,
      record.type,
      dataOf(record),
      ORIGINS[record.origin ?? 'manifest'],
    ]);
    await io.out(`${table(rows, io.outTerminal).join('\n')}\n`);
  }
  return isFaulty || found === undefined ? EXIT.findings : EXIT.fine;
}

/**
 * The names that a Pod's resolver tries, with the search list that a kubelet writes and `ndots:5`.
 *
 * Source: Kubernetes documentation, DNS for Services and Pods, Pod's DNS Config.
 */
function searchList(name: string, namespace: string, domain: string): readonly string[] {
  const lower = name.toLowerCase();
  if (lower.endsWith('.')) return [lower.slice(0, -1)];
  const suffixes = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain];
  const searched = suffixes.map((suffix) => `${lower}.${suffix}`);
  return lower.split('.').length > 5 ? [lower, ...searched] : [...searched, lower];
}

/** What cluster DNS says of one name. */
interface Lookup {
  readonly name: string;
  readonly rcode: Answer['rcode'];
  readonly records: readonly DNSRecord[];
}

const TYPES: readonly DNSRecord['type'][] = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR'];

/** The records of all types, each once: that of an alias comes with every type. */
function lookUp(snapshot: Snapshot, name: string): Lookup {
  const answers = TYPES.map((type) => resolve(snapshot, { name, type, class: 'IN' }));
  const records = new Map<string, DNSRecord>();
  for (const told of answers.flatMap((answer) => answer.answers)) {
    for (const record of recordsOf(told)) records.set(JSON.stringify(record), record);
  }
  return { name, rcode: answers[0]?.rcode ?? 'REFUSED', records: [...records.values()] };
}

function recordsOf({ name, data }: ResourceRecord): readonly DNSRecord[] {
  switch (data.type) {
    case 'A':
    case 'AAAA':
      return [{ type: data.type, name, address: data.address }];
    case 'CNAME':
    case 'PTR':
      return [{ type: data.type, name, target: data.target }];
    case 'SRV':
      return [{ ...data, name }];
    case 'NS':
    case 'SOA':
    case 'TXT':
      return [];
  }
}

/** Why nothing was found. As resolvers have it, a name that is there without records counts before those that aren't there. */
function reasonOf(name: string, lookups: readonly Lookup[]): string {
  const there = lookups.find(({ rcode }) => rcode === 'NOERROR');
  if (there !== undefined) {
    return `NODATA: ${there.name} is there, without ${TYPES.join(', ')} records of its own`;
  }
  return lookups.every(({ rcode }) => rcode === 'REFUSED')
    ? `REFUSED: ${name} is no name of the cluster`
    : `NXDOMAIN: no Service gives ${name} a meaning`;
}

/**
 * Where an address comes from if not from a manifest: a cluster gives out cluster IPs of its own, and Pods theirs.
 */
type FoundRecord = DNSRecord & { readonly origin?: 'allocated' | 'standIn' };

const ORIGINS = {
  manifest: '',
  allocated: 'given out here: a cluster may choose another',
  standIn: 'of a stand-in: a cluster gives the Pod another',
} as const;

function withOrigin(record: DNSRecord, { compiled, plan }: Loaded): FoundRecord {
  if (record.type !== 'A' && record.type !== 'AAAA') return record;
  const { address } = record;
  const isStandIn = plan.pods.some(({ status }) =>
    status?.podIPs?.some(({ ip }) => ip === address),
  );
  if (isStandIn) return { ...record, origin: 'standIn' };
  const owner = compiled.services.find(({ spec }) => spec.clusterIPs?.includes(address));
  const given = compiled.manifests.some(
    ({ resource }) =>
      resource.kind === 'Service' &&
      [resource.spec.clusterIP, ...(resource.spec.clusterIPs ?? [])].includes(address),
  );
  return owner === undefined || given ? record : { ...record, origin: 'allocated' };
}

function dataOf(record: DNSRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'CNAME':
    case 'PTR':
      return record.target;
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
  }
}
