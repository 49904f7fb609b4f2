import { objectKey, type Endpoint, type ObjectKey, type Pod } from '@portolan/core';

import type { Card, PodCard } from '../../protocol/chart.ts';
import type { Drawing } from './drawing.ts';

/**
 * The card of a Pod, without how it fares.
 *
 * @param pod As it is now; absent where only its endpoints are known.
 */
export function podCard(
  key: ObjectKey,
  pod: Pod | undefined,
  endpoints: readonly Endpoint[],
  { known }: Pick<Drawing, 'known'>,
): Pick<Card, 'kind' | 'line' | 'lines' | 'pod' | 'title'> {
  const [, name = ''] = key.split('/');
  const workload = known.population?.workloadOf(key);
  const line =
    known.lineOf('Pod', key) ?? (workload && known.lineOf(workload.kind, objectKey(workload)));
  return {
    kind: 'Pod',
    title: name,
    lines: [
      ...placeLines(key, pod, endpoints),
      ...(workload ? [`of ${workload.kind} ${workload.metadata.name}`] : []),
      ...(pod && endpoints.length === 0 ? [idleText(key, pod, known)] : []),
    ],
    ...(line !== undefined && { line }),
    ...(pod && { pod: controlsOf(key, pod, known) }),
  };
}

function placeLines(
  key: ObjectKey,
  pod: Pod | undefined,
  [endpoint]: readonly Endpoint[],
): readonly string[] {
  const [namespace = ''] = key.split('/');
  const address = endpoint?.address ?? pod?.status?.podIP;
  const node = endpoint ? endpoint.nodeName : pod?.spec.nodeName;
  const zone = endpoint?.zone;
  return [
    ...(address ? [address] : []),
    [
      `in ${namespace}`,
      ...(node ? [`on node ${node}`] : []),
      ...(zone ? [`zone ${zone}`] : []),
    ].join(', '),
  ];
}

function idleText(key: ObjectKey, pod: Pod, known: Drawing['known']): string {
  const [namespace = ''] = key.split('/');
  const [service] = known.selecting(namespace, pod.metadata.labels ?? {});
  return service === undefined
    ? 'no Service selects it'
    : `no port of Service ${service} leads to it`;
}

function controlsOf(key: ObjectKey, pod: Pod, { population }: Drawing['known']): PodCard {
  const state = population?.stateOf(key);
  return {
    key,
    labels: pod.metadata.labels ?? {},
    ...(state && { state }),
    ...population?.scaleOf(key),
  };
}
