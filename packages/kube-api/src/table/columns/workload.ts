import { numberAt, objectAt, textAt, type JSONObject } from '../../content/json-object.ts';
import { formatDuration } from '../duration.ts';
import { AGE, since } from './age.ts';
import { at, count, items, NONE, text, type Column } from './column.ts';
import { containersText, labelSelectorText, labelsText } from './labels-text.ts';

function number(name: string, description: string, ...path: readonly string[]): Column {
  return { name, type: 'integer', description, cell: (object) => count(object, ...path) };
}

/** Containers, images and selector, for `-o wide`. */
function wide(...templatePath: readonly string[]): readonly [Column, Column, Column] {
  return [
    {
      name: 'Containers',
      description: 'Names of the containers.',
      isWide: true,
      cell: (object) => containersText(at(object, ...templatePath), 'name'),
    },
    {
      name: 'Images',
      description: 'Images of the containers.',
      isWide: true,
      cell: (object) => containersText(at(object, ...templatePath), 'image'),
    },
    {
      name: 'Selector',
      description: 'Which Pods are its own.',
      isWide: true,
      cell: (object) => labelSelectorText(objectAt(object['spec'], 'selector')),
    },
  ];
}

const [CONTAINERS, IMAGES, SELECTOR] = wide('spec', 'template');
const WIDE: readonly Column[] = [CONTAINERS, IMAGES, SELECTOR];

/** Absent, it is one. */
function replicas(object: JSONObject): number {
  return numberAt(object['spec'], 'replicas') ?? 1;
}

const DESIRED: Column = {
  name: 'Desired',
  type: 'integer',
  description: 'How many Pods there should be.',
  cell: replicas,
};
const READY: Column = {
  name: 'Ready',
  description: 'Pods that are ready, of all.',
  cell: (object) => `${count(object, 'status', 'readyReplicas')}/${replicas(object)}`,
};

export const DEPLOYMENT_COLUMNS: readonly Column[] = [
  READY,
  number('Up-to-date', 'Pods of the newest template.', 'status', 'updatedReplicas'),
  number('Available', 'Pods that are available.', 'status', 'availableReplicas'),
  AGE,
  ...WIDE,
];

export const STATEFUL_SET_COLUMNS: readonly Column[] = [READY, AGE, CONTAINERS, IMAGES];

export const REPLICA_SET_COLUMNS: readonly Column[] = [
  DESIRED,
  number('Current', 'Pods that there are.', 'status', 'replicas'),
  number('Ready', 'Pods that are ready.', 'status', 'readyReplicas'),
  AGE,
  ...WIDE,
];

export const REPLICATION_CONTROLLER_COLUMNS: readonly Column[] = [
  ...REPLICA_SET_COLUMNS.filter((column) => column !== SELECTOR),
  { ...SELECTOR, cell: (object) => labelsText(objectAt(object['spec'], 'selector')) },
];

export const DAEMON_SET_COLUMNS: readonly Column[] = [
  number('Desired', 'How many Pods there should be.', 'status', 'desiredNumberScheduled'),
  number('Current', 'Pods that there are.', 'status', 'currentNumberScheduled'),
  number('Ready', 'Pods that are ready.', 'status', 'numberReady'),
  number('Up-to-date', 'Pods of the newest template.', 'status', 'updatedNumberScheduled'),
  number('Available', 'Pods that are available.', 'status', 'numberAvailable'),
  {
    name: 'Node Selector',
    description: 'Which Nodes it is for.',
    cell: (object) => labelsText(objectAt(at(object, 'spec', 'template', 'spec'), 'nodeSelector')),
  },
  AGE,
  ...WIDE,
];

/** What is said of a Job, the first that is met. */
const JOB_CONDITIONS = ['Complete', 'Failed', 'Suspended', 'FailureTarget', 'SuccessCriteriaMet'];

function jobStatus(job: JSONObject): string {
  if (at(job, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating';
  const met = items(job, 'status', 'conditions').filter(
    (condition) => textAt(condition, 'status') === 'True',
  );
  const types = new Set(met.map((condition) => textAt(condition, 'type')));
  return JOB_CONDITIONS.find((type) => types.has(type)) ?? 'Running';
}

function completions(job: JSONObject): string {
  const succeeded = count(job, 'status', 'succeeded');
  const wanted = at(job, 'spec', 'completions');
  if (typeof wanted === 'number') return `${succeeded}/${wanted}`;
  const parallelism = at(job, 'spec', 'parallelism');
  const isParallel = typeof parallelism === 'number' && parallelism > 1;
  return isParallel ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(job: JSONObject, now: number): string {
  const start = at(job, 'status', 'startTime');
  if (typeof start !== 'string') return '';
  const end = at(job, 'status', 'completionTime');
  return formatDuration((typeof end === 'string' ? Date.parse(end) : now) - Date.parse(start));
}

export const JOB_COLUMNS: readonly Column[] = [
  { name: 'Status', description: 'How far it is.', cell: jobStatus },
  { name: 'Completions', description: 'Pods that succeeded, of all.', cell: completions },
  { name: 'Duration', description: 'How long it took.', cell: jobDuration },
  AGE,
  ...WIDE,
];

export const CRON_JOB_COLUMNS: readonly Column[] = [
  {
    name: 'Schedule',
    description: 'When it runs.',
    cell: (each) => text(each, 'spec', 'schedule'),
  },
  { name: 'Timezone', description: 'Whose time.', cell: (each) => text(each, 'spec', 'timeZone') },
  {
    name: 'Suspend',
    description: 'Whether it is held.',
    cell: (each) => (at(each, 'spec', 'suspend') === true ? 'True' : 'False'),
  },
  {
    name: 'Active',
    type: 'integer',
    description: 'Jobs that run now.',
    cell: (each) => items(each, 'status', 'active').length,
  },
  {
    name: 'Last Schedule',
    description: 'When it ran last.',
    cell: (each, now) => since(each, now, 'status', 'lastScheduleTime') ?? NONE,
  },
  AGE,
  ...wide('spec', 'jobTemplate', 'spec', 'template').map((column) =>
    column.name === 'Selector'
      ? {
          ...column,
          cell: (each: JSONObject) =>
            labelSelectorText(objectAt(at(each, 'spec', 'jobTemplate', 'spec'), 'selector')),
        }
      : column,
  ),
];

export const SCALE_COLUMNS: readonly Column[] = [
  number('Desired', 'How many Pods there are to be.', 'spec', 'replicas'),
  number('Available', 'How many Pods there are.', 'status', 'replicas'),
  AGE,
];
