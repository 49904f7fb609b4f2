import { textAt, objectAt, type JSONObject } from '../../content/json-object.ts';
import { AGE } from './age.ts';
import { at, items, NONE, text, type Column } from './column.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';

function nodeStatus(node: JSONObject): string {
  const ready = items(node, 'status', 'conditions').find(
    (condition) => textAt(condition, 'type') === 'Ready',
  );
  const isReady = textAt(ready, 'status') === 'True';
  const status = ready === undefined ? 'Unknown' : isReady ? 'Ready' : 'NotReady';
  return at(node, 'spec', 'unschedulable') === true ? `${status},SchedulingDisabled` : status;
}

function nodeRoles(node: JSONObject): string {
  const roles = Object.entries(objectAt(node['metadata'], 'labels')).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX) && key !== ROLE_PREFIX) return [key.slice(ROLE_PREFIX.length)];
    return key === ROLE_LABEL && typeof value === 'string' && value !== '' ? [value] : [];
  });
  return [...new Set(roles)].toSorted().join(',') || NONE;
}

function nodeAddress(type: string): Column['cell'] {
  return (node) => {
    const found = items(node, 'status', 'addresses').find((each) => textAt(each, 'type') === type);
    return textAt(found, 'address') ?? NONE;
  };
}

function nodeInfo(name: string, field: string, description: string): Column {
  const cell: Column['cell'] = (node) => {
    const found = text(node, 'status', 'nodeInfo', field);
    return found === NONE ? '<unknown>' : found;
  };
  return { name, description, isWide: true, cell };
}

export const NODE_COLUMNS: readonly Column[] = [
  { name: 'Status', description: 'Whether it is ready.', cell: nodeStatus },
  { name: 'Roles', description: 'What it is for.', cell: nodeRoles },
  AGE,
  {
    name: 'Version',
    description: 'Of its kubelet.',
    cell: (node) => textAt(at(node, 'status', 'nodeInfo'), 'kubeletVersion') ?? '',
  },
  {
    name: 'Internal-IP',
    description: 'Its address inside.',
    isWide: true,
    cell: nodeAddress('InternalIP'),
  },
  {
    name: 'External-IP',
    description: 'Its address outside.',
    isWide: true,
    cell: nodeAddress('ExternalIP'),
  },
  nodeInfo('OS-Image', 'osImage', 'Its operating system.'),
  nodeInfo('Kernel-Version', 'kernelVersion', 'Its kernel.'),
  nodeInfo('Container-Runtime', 'containerRuntimeVersion', 'What runs containers.'),
];

export const NAMESPACE_COLUMNS: readonly Column[] = [
  {
    name: 'Status',
    description: 'Whether it is being deleted.',
    cell: (namespace) => textAt(namespace['status'], 'phase') ?? '',
  },
  AGE,
];

export const LEASE_COLUMNS: readonly Column[] = [
  {
    name: 'Holder',
    description: 'Who holds it.',
    cell: (lease) => textAt(lease['spec'], 'holderIdentity') ?? '',
  },
  AGE,
];

const DATA: Column = {
  name: 'Data',
  type: 'integer',
  description: 'How many entries it has.',
  cell: (object) =>
    Object.keys(objectAt(object, 'data')).length +
    Object.keys(objectAt(object, 'binaryData')).length,
};

export const CONFIG_MAP_COLUMNS: readonly Column[] = [DATA, AGE];

export const SECRET_COLUMNS: readonly Column[] = [
  {
    name: 'Type',
    description: 'What it is for.',
    cell: (secret) => textAt(secret, 'type') ?? 'Opaque',
  },
  DATA,
  AGE,
];
