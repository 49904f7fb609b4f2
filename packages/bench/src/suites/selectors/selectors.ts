import {
  matchesSelector,
  objectKey,
  selectorFromLabels,
  ServiceSelectors,
  type ObjectKey,
  type Pod,
  type Service,
} from '@portolan/core';

import { figureOf } from '../../measure/figure.ts';
import { byTurns } from '../../measure/turns.ts';
import type { Effort, Figure, Row, Suite } from '../../suite/suite.ts';

const SIZES = [100, 1000, 10_000];
const SHORT_SIZES = [100];
const PODS = 1000;

type ChangedPod = Pick<Pod, 'metadata'>;

/** Says which Services select a Pod, in ascending order. */
interface Subject {
  readonly name: string;
  readonly role: Row['role'];
  readonly select: (pod: ChangedPod) => readonly ObjectKey[];
}

export const selectors: Suite = {
  name: 'selectors',
  title: 'The Services of a changed Pod',
  about: `A Pod was added, or its labels changed: which of the Services of its namespace select it. Services ask for one to three labels; a Pod has
six, and is selected by three Services. The index follows the labels; the peer tries every selector of the namespace, as
Kubernetes does for EndpointSlices (kubernetes/kubernetes, \`getServicesForPod\` in
\`staging/src/k8s.io/endpointslice/util/controller_utils.go\`), but in JavaScript and with selectors that are read already. Both answer
all Pods alike before they are timed.`,
  run: async (effort) => {
    const sizes = effort.isShort ? SHORT_SIZES : SIZES;
    const figures = new Map<string, Figure[]>();
    for (const size of sizes) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, or they would share the machine
      for (const [name, figure] of await measure(size, effort)) {
        figures.set(name, [...(figures.get(name) ?? []), figure]);
      }
    }
    const index = figures.get('portolan') ?? [];
    const scan = figures.get('every selector') ?? [];
    const faster = (scan.at(-1)?.median ?? NaN) / (index.at(-1)?.median ?? NaN);
    return [
      {
        title: 'A changed Pod',
        columns: sizes.map((size) => ({
          name: `${size.toLocaleString('en')} Services`,
          unit: 'µs',
          better: 'lower',
        })),
        rows: [
          { subject: 'portolan', role: 'ours', figures: index },
          { subject: 'every selector', role: 'peer', figures: scan },
        ],
        goals: [
          {
            wanted: 'most Services: at least 100 × as fast as trying every selector',
            measured: faster,
            reached: faster >= 100,
          },
        ],
      },
    ];
  },
};

async function measure(
  size: number,
  { isShort, tell }: Effort,
): Promise<ReadonlyMap<string, Figure>> {
  tell(`${size} Services`);
  const services = Array.from({ length: size }, (_, index) => serviceAt(index));
  const pods = Array.from({ length: PODS }, (_, index) => podOf((index * 7919) % size, index));
  const subjects = [indexed(services), oneByOne(services)];
  check(subjects, pods);
  const samples = await byTurns(subjects, isShort ? 1 : 7, ({ name, select }) => {
    // As many as take some milliseconds.
    const asked = name === 'portolan' ? pods : pods.slice(0, isShort ? 10 : 100);
    const times = name === 'portolan' && !isShort ? 20 : 1;
    const start = performance.now();
    for (let time = 0; time < times; time++) for (const pod of asked) select(pod);
    return ((performance.now() - start) * 1000) / (asked.length * times);
  });
  return new Map([...samples].map(([name, values]) => [name, figureOf(values)]));
}

/** @throws {Error} where they don't agree, or a Pod isn't selected by its Services */
function check(subjects: readonly Subject[], pods: readonly ChangedPod[]): void {
  for (const pod of pods) {
    const [first = '', ...others] = subjects.map(({ select }) => select(pod).join());
    if (first === '' || others.some((other) => other !== first)) {
      throw new Error(`${pod.metadata.name} is selected by ${first}, or by ${others.join(' or ')}`);
    }
  }
}

function indexed(services: readonly Service[]): Subject {
  const index = new ServiceSelectors();
  for (const service of services) index.set(service);
  return { name: 'portolan', role: 'ours', select: (pod) => index.matching(pod) };
}

function oneByOne(services: readonly Service[]): Subject {
  const all = services.map((service) => ({
    key: objectKey(service),
    selector: selectorFromLabels(service.spec.selector ?? {}),
  }));
  return {
    name: 'every selector',
    role: 'peer',
    select: ({ metadata: { labels = {} } }) =>
      all
        .filter(({ selector }) => matchesSelector(selector, labels))
        .map(({ key }) => key)
        .toSorted(),
  };
}

/** Of three Services for an application one asks for its name, one for a component too, and one for its track as well. */
function serviceAt(index: number): Service {
  const labels = labelsOf(index);
  const keys = ['app.kubernetes.io/name', 'app.kubernetes.io/component', 'track'];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'default', name: `service-${index}` },
    spec: {
      selector: Object.fromEntries(
        keys.slice(0, (index % 3) + 1).map((key) => [key, labels[key] ?? '']),
      ),
      ports: [{ port: 80 }],
    },
  };
}

function podOf(service: number, index: number): ChangedPod {
  const labels = { ...labelsOf(service), 'pod-template-hash': `7c9f${index}`, zone: 'a' };
  return { metadata: { namespace: 'default', name: `pod-${index}`, labels } };
}

function labelsOf(service: number): Readonly<Record<string, string>> {
  const application = Math.floor(service / 3);
  return {
    'app.kubernetes.io/name': `application-${application}`,
    'app.kubernetes.io/component': 'server',
    'app.kubernetes.io/part-of': `product-${application % 20}`,
    track: 'stable',
  };
}
