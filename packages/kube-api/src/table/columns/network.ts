import {
  isObject,
  numberAt,
  objectAt,
  textAt,
  type JSONObject,
} from '../../content/json-object.ts';
import { AGE } from './age.ts';
import { firstThree, items, NONE, text, type Column } from './column.ts';
import { labelsText } from './labels-text.ts';
import { loadBalancerAddresses } from './load-balancer-addresses.ts';

/** What stands where an address is yet to come. */
const WITHOUT_ADDRESS: ReadonlyMap<unknown, string> = new Map([['LoadBalancer', '<pending>']]);

function externalIP(service: JSONObject): string {
  const spec = objectAt(service, 'spec');
  const addresses = [
    ...loadBalancerAddresses(service),
    ...items(service, 'spec', 'externalIPs').map(String),
  ];
  if (addresses.length > 0) return addresses.join(',');
  return textAt(spec, 'externalName') ?? WITHOUT_ADDRESS.get(spec['type']) ?? NONE;
}

function servicePorts(service: JSONObject): string {
  const ports = items(service, 'spec', 'ports').map((port) => {
    const nodePort = numberAt(port, 'nodePort');
    const number = `${numberAt(port, 'port') ?? 0}${nodePort ? `:${nodePort}` : ''}`;
    return `${number}/${textAt(port, 'protocol') ?? 'TCP'}`;
  });
  return ports.join(',') || NONE;
}

export const SERVICE_COLUMNS: readonly Column[] = [
  {
    name: 'Type',
    description: 'How the Service is exposed.',
    cell: (service) => textAt(service['spec'], 'type') ?? 'ClusterIP',
  },
  {
    name: 'Cluster-IP',
    description: 'Its address inside.',
    cell: (service) => text(service, 'spec', 'clusterIP'),
  },
  { name: 'External-IP', description: 'Its addresses outside.', cell: externalIP },
  { name: 'Port(s)', description: 'Ports, with their node ports.', cell: servicePorts },
  AGE,
  {
    name: 'Selector',
    description: 'Which Pods it is served by.',
    isWide: true,
    cell: (service) => labelsText(objectAt(service['spec'], 'selector')),
  },
];

function ingressClass(ingress: JSONObject): string {
  const annotation = text(ingress, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  return textAt(ingress['spec'], 'ingressClassName') ?? annotation;
}

export const INGRESS_COLUMNS: readonly Column[] = [
  { name: 'Class', description: 'Its IngressClass.', cell: ingressClass },
  {
    name: 'Hosts',
    description: 'Hosts that its rules are for.',
    cell: (ingress) =>
      firstThree(
        items(ingress, 'spec', 'rules').flatMap((rule) => textAt(rule, 'host') ?? []),
        '*',
      ),
  },
  {
    name: 'Address',
    description: 'Where it is reached.',
    cell: (ingress) => loadBalancerAddresses(ingress).join(','),
  },
  {
    name: 'Ports',
    description: 'Ports that it is served on.',
    cell: (ingress) => (items(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80'),
  },
  AGE,
];

function parameters(ingressClassObject: JSONObject): string {
  const found = objectAt(ingressClassObject['spec'], 'parameters');
  const kind = textAt(found, 'kind');
  if (kind === undefined) return NONE;
  const group = textAt(found, 'apiGroup');
  return `${kind}${group === undefined ? '' : `.${group}`}/${textAt(found, 'name') ?? ''}`;
}

export const INGRESS_CLASS_COLUMNS: readonly Column[] = [
  {
    name: 'Controller',
    description: 'Who serves it.',
    cell: (each) => text(each, 'spec', 'controller'),
  },
  { name: 'Parameters', description: 'What else describes it.', cell: parameters },
  AGE,
];

export const ENDPOINT_SLICE_COLUMNS: readonly Column[] = [
  {
    name: 'AddressType',
    description: 'What kind of addresses it has.',
    cell: (slice) => text(slice, 'addressType'),
  },
  {
    name: 'Ports',
    description: 'Ports of its endpoints.',
    cell: (slice) =>
      firstThree(
        items(slice, 'ports').map((port) =>
          String(numberAt(port, 'port') ?? textAt(port, 'name') ?? '*'),
        ),
        '<unset>',
      ),
  },
  {
    name: 'Endpoints',
    description: 'Addresses of its endpoints.',
    cell: (slice) =>
      firstThree(
        items(slice, 'endpoints').flatMap((endpoint) =>
          isObject(endpoint) ? items(endpoint, 'addresses').map(String) : [],
        ),
        '<unset>',
      ),
  },
  AGE,
];

/** Each address with each port of its subset. */
function addressesWithPorts(endpoints: JSONObject): readonly string[] {
  return items(endpoints, 'subsets').flatMap((subset) => {
    if (!isObject(subset)) return [];
    const addresses = items(subset, 'addresses').flatMap((each) => textAt(each, 'ip') ?? []);
    const ports = items(subset, 'ports').map((port) => numberAt(port, 'port') ?? 0);
    if (ports.length === 0) return addresses;
    return ports.flatMap((port) =>
      addresses.map((address) => `${address.includes(':') ? `[${address}]` : address}:${port}`),
    );
  });
}

export const ENDPOINTS_COLUMNS: readonly Column[] = [
  {
    name: 'Endpoints',
    description: 'Addresses with their ports.',
    cell: (endpoints) => firstThree(addressesWithPorts(endpoints), NONE),
  },
  AGE,
];
