import { findingAt } from '../finding/at.ts';
import type { Finding } from '../finding/finding.ts';
import { declaredPorts, portText } from '../pod-source/container-ports.ts';
import { fieldOf, type PodSource } from '../pod-source/pod-source.ts';
import { listed } from '../sentence/sentence.ts';
import type { Rule } from '../subject/subject.ts';

/** Pods and workloads that no Service leads to. What makes Pods speaks for them. */
export const podsSelectedByNone: Rule = ({ podSources, selection }) =>
  podSources
    .filter((source) => isToBeReached(source) && !selection.isSelected(source))
    .map(selectedByNone);

function isToBeReached({ isOwned, presence }: PodSource): boolean {
  return !isOwned && (presence === 'lasting' || presence === 'none');
}

function selectedByNone(source: PodSource): Finding {
  const { manifest, spec, namespace } = source;
  const { kind } = manifest.resource;
  const who = kind === 'Pod' ? 'this Pod' : `the Pods of this ${kind}`;
  const ports = declaredPorts(spec).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const isOnNode = spec.hostNetwork === true || ports.every(({ hostPort }) => hostPort);
  const declared = listed(ports.map(portText));
  const detail =
    ports.length === 0
      ? `${kind === 'Pod' ? 'it declares' : 'they declare'} no port either`
      : isOnNode
        ? `only the node's own ports lead to ${declared}`
        : `nothing leads to port ${declared}`;
  return findingAt(manifest, fieldOf(source, 'metadata.labels'), 'PodSelectedByNone', {
    message: `no Service of namespace ${namespace} selects ${who}: ${detail}`,
    ...(isOnNode && { severity: 'notice' }),
  });
}
