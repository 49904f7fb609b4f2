import {
  isObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
  type JSONObject,
} from '../../content/json-object.ts';
import { AGE, since } from './age.ts';
import { at, items, text, type Column } from './column.ts';

/** Main containers, and init containers that stay. */
function lastingContainers(pod: JSONObject): readonly unknown[] {
  const sidecars = items(pod, 'spec', 'initContainers').filter(
    (container) => textAt(container, 'restartPolicy') === 'Always',
  );
  return [...items(pod, 'spec', 'containers'), ...sidecars];
}

function statuses(pod: JSONObject): readonly unknown[] {
  const lasting = new Set(lastingContainers(pod).map((container) => textAt(container, 'name')));
  return [
    ...items(pod, 'status', 'initContainerStatuses'),
    ...items(pod, 'status', 'containerStatuses'),
  ].filter((status) => lasting.has(textAt(status, 'name')));
}

/** Where no kubelet tells of the containers, they are as ready as their Pod. */
function ready(pod: JSONObject): string {
  const all = lastingContainers(pod).length;
  const known = statuses(pod);
  const isReady = condition(pod, 'Ready') === 'True' || isTakenForReady(pod);
  const some = known.filter((each) => isObject(each) && each['ready'] === true).length;
  return `${known.length === 0 && isReady ? all : some}/${all}`;
}

function condition(pod: JSONObject, type: string): string | undefined {
  const found = items(pod, 'status', 'conditions').find((each) => textAt(each, 'type') === type);
  return textAt(found, 'status');
}

/** A status with an address and no conditions counts as ready for Services, unless it says that it is pending. */
function isTakenForReady({ status }: JSONObject): boolean {
  const hasAddress = textAt(status, 'podIP') !== undefined || listAt(status, 'podIPs').length > 0;
  return (
    hasAddress && listAt(status, 'conditions').length === 0 && textAt(status, 'phase') !== 'Pending'
  );
}

/** The phase, or what explains it better. */
function statusText(pod: JSONObject): string {
  const reason = textAt(pod['status'], 'reason');
  if (at(pod, 'metadata', 'deletionTimestamp') !== undefined) {
    return reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  }
  const unsaid = isTakenForReady(pod) ? 'Running' : 'Pending';
  const phase = reason ?? textAt(pod['status'], 'phase') ?? unsaid;
  return initReason(pod) ?? containerReason(pod) ?? phase;
}

function initReason(pod: JSONObject): string | undefined {
  const specs = items(pod, 'spec', 'initContainers');
  const all = items(pod, 'status', 'initContainerStatuses');
  for (const [index, each] of all.entries()) {
    const terminated = objectAt(objectAt(each, 'state'), 'terminated');
    const isSidecar = specs.some(
      (spec) =>
        textAt(spec, 'name') === textAt(each, 'name') && textAt(spec, 'restartPolicy') === 'Always',
    );
    if (numberAt(terminated, 'exitCode') === 0) continue;
    if (isSidecar && isObject(each) && each['started'] === true) continue;
    const why = reasonOf(each);
    const isWaiting = why === undefined || why === 'PodInitializing';
    return isWaiting ? `Init:${index}/${specs.length}` : `Init:${why}`;
  }
  return undefined;
}

function containerReason(pod: JSONObject): string | undefined {
  const all = items(pod, 'status', 'containerStatuses');
  const reasons = all.flatMap((each) => reasonOf(each) ?? []);
  const isRunning = all.some(
    (each) =>
      isObject(each) && each['ready'] === true && isObject(objectAt(each, 'state')['running']),
  );
  const [reason] = reasons;
  if (reason !== 'Completed' || !isRunning) return reason;
  return condition(pod, 'Ready') === 'True' ? 'Running' : 'NotReady';
}

function reasonOf(status: unknown): string | undefined {
  const { waiting, terminated } = objectAt(status, 'state');
  const reason = textAt(waiting, 'reason') ?? textAt(terminated, 'reason');
  if (reason !== undefined || !isObject(terminated)) return reason;
  const signal = numberAt(terminated, 'signal') ?? 0;
  return signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode') ?? 0}` : `Signal:${signal}`;
}

function restarts(pod: JSONObject, now: number): string {
  const all = statuses(pod);
  const total = all.reduce<number>((sum, each) => sum + (numberAt(each, 'restartCount') ?? 0), 0);
  const last = all
    .map((each) => objectAt(objectAt(each, 'lastState'), 'terminated'))
    .flatMap((terminated) => textAt(terminated, 'finishedAt') ?? [])
    .toSorted()
    .at(-1);
  const ago = last === undefined ? undefined : since({ last }, now, 'last');
  return total > 0 && ago !== undefined ? `${total} (${ago} ago)` : String(total);
}

function readinessGates(pod: JSONObject): string {
  const gates = items(pod, 'spec', 'readinessGates');
  const met = gates.filter(
    (gate) => condition(pod, textAt(gate, 'conditionType') ?? '') === 'True',
  );
  return gates.length === 0 ? '<none>' : `${met.length}/${gates.length}`;
}

export const POD_COLUMNS: readonly Column[] = [
  { name: 'Ready', description: 'Containers that are ready, of all.', cell: ready },
  { name: 'Status', description: 'The phase, or what explains it.', cell: statusText },
  { name: 'Restarts', description: 'How often containers were restarted.', cell: restarts },
  AGE,
  {
    name: 'IP',
    description: 'Where the Pod is reached.',
    isWide: true,
    cell: (pod) => textAt(listAt(pod['status'], 'podIPs')[0], 'ip') ?? text(pod, 'status', 'podIP'),
  },
  {
    name: 'Node',
    description: 'Where the Pod runs.',
    isWide: true,
    cell: (pod) => text(pod, 'spec', 'nodeName'),
  },
  {
    name: 'Nominated Node',
    description: 'Where the Pod may come to run.',
    isWide: true,
    cell: (pod) => text(pod, 'status', 'nominatedNodeName'),
  },
  {
    name: 'Readiness Gates',
    description: 'Readiness gates that are met, of all.',
    isWide: true,
    cell: readinessGates,
  },
];
