import type { ObjectReference } from '@portolan/core';

import type {
  AddressesNode,
  GraphEdge,
  GraphNode,
  GraphStatus,
  PodsNode,
  RuleNode,
} from '../graph/graph.ts';

/** How a status is called. */
export const STATUS_WORDS: Readonly<Record<GraphStatus, string>> = {
  ready: 'ready',
  partlyReady: 'partly ready',
  notReady: 'not ready',
  refused: 'takes no requests',
  missing: 'missing',
  shadowed: 'never asked',
};

/** What a node is, on as few lines as it needs, the most telling first. */
export function nodeLines(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'Rule':
      return node.path === undefined
        ? ['every other request']
        : [node.host ?? 'every host', pathText(node), ...node.conditions, ...redirectText(node)];
    case 'Frontend':
      return [
        frontendText(node.host, node.port),
        ...(node.protocol === 'TCP' ? [] : [node.protocol]),
      ];
    case 'Service':
      return [node.name, ...(node.type === undefined ? [] : [node.type])];
    case 'Pods':
      return node.owner.kind === 'Pod'
        ? [`Pod ${node.owner.name}`]
        : [podsText(node), `of ${node.owner.kind} ${node.owner.name}`];
    case 'Addresses':
      return someOf(node).map((each) => (typeof each === 'string' ? each : each.address));
    case 'ExternalName':
      return [node.host];
    case 'Resource':
      return [node.resource.name, kindText(node.resource.kind, node.group)];
  }
}

/** The node in words, with all there is to say. */
export function nodeText(node: GraphNode): string {
  const subject = subjectOf(node);
  return node.status === 'ready' ? subject : `${subject}; ${statusText(node)}`;
}

function subjectOf(node: GraphNode): string {
  switch (node.kind) {
    case 'Rule':
      return `${nodeLines(node).join(' ')}, by ${objectText(node.source)} ${node.field}`;
    case 'Frontend': {
      const ranges = node.sourceRanges?.join(', ');
      const from = ranges === undefined ? '' : `, for clients from ${ranges}`;
      return `${nodeLines(node).join(' ')}, an address of Service ${node.namespace}/${node.service}${from}`;
    }
    case 'Service':
      return `Service ${node.namespace}/${node.name}${node.type === undefined ? '' : `, ${node.type}`}`;
    case 'Pods': {
      const owner = objectText(node.owner);
      const pods = node.owner.kind === 'Pod' ? owner : `${podsText(node)} of ${owner}`;
      return node.standIns === 0 ? pods : `${pods}, ${standInText(node)}`;
    }
    case 'Addresses':
      return `endpoints of Service ${node.namespace}/${node.service}: ${node.addresses.map(({ address }) => address).join(', ')}`;
    case 'ExternalName':
      return `${node.host}, a name outside`;
    case 'Resource':
      return objectText({ ...node.resource, kind: kindText(node.resource.kind, node.group) });
  }
}

/** `Ingress shop/web`; a kind alone where there is no name. */
export function objectText({ kind, namespace, name }: ObjectReference): string {
  return [kind, [namespace, name].filter((part) => part !== '').join('/')].join(' ').trim();
}

/** The Pods are no Pods of a cluster: somebody stands in for them. */
function standInText({ pods, standIns }: PodsNode): string {
  if (standIns < pods) return `${standIns} of them announced by the manifests`;
  return 'announced by the manifests';
}

/** Where an edge leads to, in words. */
export function edgeText(edge: GraphEdge, from: GraphNode, to: GraphNode): string {
  const label = edge.label === '' ? '' : ` (${edge.label})`;
  const way = `${nodeLines(from).join(' ')} to ${nodeLines(to).join(' ')}${label}`;
  return edge.status === 'ready' ? way : `${way}; ${statusText(edge)}`;
}

/** `not ready: no endpoints` */
export function statusText({
  status,
  reason,
}: {
  readonly status: GraphStatus;
  readonly reason?: string;
}): string {
  return reason === undefined ? STATUS_WORDS[status] : `${STATUS_WORDS[status]}: ${reason}`;
}

/** The same where there is little room. A reason tells more than the status, but a plugin's own are long. */
export function statusNote({ status, reason }: Parameters<typeof statusText>[0]): string {
  const isCounted = status === 'partlyReady' || status === 'notReady';
  return (isCounted ? reason : undefined) ?? STATUS_WORDS[status];
}

/** As many addresses as one takes in, and in words how many more there are. */
export function someOf({
  addresses,
}: AddressesNode): readonly (AddressesNode['addresses'][number] | string)[] {
  const more = addresses.length - SOME;
  return more > 1 ? [...addresses.slice(0, SOME), `and ${more} more`] : addresses;
}

const SOME = 4;

function pathText({ path = '', pathType }: RuleNode): string {
  if (pathType === 'PathPrefix') return path;
  return `${path} ${pathType === 'Exact' ? 'exactly' : 'as regular expression'}`;
}

function redirectText({ redirect }: RuleNode): readonly string[] {
  return redirect === undefined ? [] : [`redirect ${redirect}`];
}

function frontendText(host: string, port: number): string {
  if (host === '*') return `every node, port ${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function podsText({ pods }: PodsNode): string {
  return `${pods} ${pods === 1 ? 'Pod' : 'Pods'}`;
}

function kindText(kind: string, group: string): string {
  return group === '' ? kind : `${kind}.${group}`;
}
