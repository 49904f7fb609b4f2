import type { ResourceType, StoredObject } from '@portolan/store';

import { isObject } from '../content/json-object.ts';
import { badRequest } from '../status/faults.ts';

/** A field selector's terms, all of which have to hold. Kubernetes, Field Selectors. */
export type FieldSelector = readonly {
  readonly field: string;
  readonly value: string;
  readonly isEqual: boolean;
}[];

/** What can be selected by, beside name and namespace, and what an absent field is equal to. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  events: Object.fromEntries(
    [
      'involvedObject.apiVersion',
      'involvedObject.fieldPath',
      'involvedObject.kind',
      'involvedObject.name',
      'involvedObject.namespace',
      'involvedObject.resourceVersion',
      'involvedObject.uid',
      'reason',
      'reportingComponent',
      'source',
      'type',
    ].map((field) => [field, '']),
  ),
  jobs: { 'status.successful': '0' },
  namespaces: { 'status.phase': '' },
  nodes: { 'spec.unschedulable': 'false' },
  pods: {
    'spec.hostNetwork': 'false',
    'spec.nodeName': '',
    'spec.restartPolicy': 'Always',
    'spec.schedulerName': 'default-scheduler',
    'spec.serviceAccountName': '',
    'status.nominatedNodeName': '',
    'status.phase': '',
    'status.podIP': '',
  },
  replicasets: { 'status.replicas': '0' },
  replicationcontrollers: { 'status.replicas': '0' },
  secrets: { type: 'Opaque' },
  services: { 'spec.clusterIP': '', 'spec.type': '' },
};

/**
 * Reads `metadata.name=web,status.phase!=Running`; `,`, `=` and `\` in a value have a `\` before them.
 *
 * @throws {StatusError} 400 where it can't be read, or a field can't be selected by.
 */
export function parseFieldSelector(text: string, type: ResourceType): FieldSelector {
  return (text.match(/(?:[^,\\]|\\.?)+/gs) ?? []).map((term) => {
    const [, field = '', operator, raw = ''] =
      /^((?:[^=!\\]|\\.)+)(==|!=|=)(.*)$/s.exec(term) ?? [];
    if (operator === undefined) {
      throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    }
    if (!isSelectable(field, type)) throw badRequest(unsupported(field, type));
    return { field, value: unescape(raw, text), isEqual: operator !== '!=' };
  });
}

function isSelectable(field: string, { plural, namespaced }: ResourceType): boolean {
  if (field === 'metadata.name') return true;
  if (field === 'metadata.namespace') return namespaced;
  return Object.hasOwn(FIELDS[plural] ?? {}, field);
}

function unsupported(field: string, { plural, namespaced }: ResourceType): string {
  if (Object.hasOwn(FIELDS, plural)) return `field label not supported: ${field}`;
  const known = namespaced ? '"metadata.name", "metadata.namespace"' : '"metadata.name"';
  return `${JSON.stringify(field)} is not a known field selector: only ${known}`;
}

/** k8s.io/apimachinery `fields.UnescapeValue`. */
function unescape(value: string, text: string): string {
  if (/(?<!\\)(?:\\\\)*(?:=|\\(?:[^,=\\]|$))/s.test(value)) {
    throw badRequest(`invalid field selector: invalid escape or separator in '${text}'`);
  }
  return value.replaceAll(/\\(.)/gs, '$1');
}

/** Whether an object meets every term. */
export function matchesFields(
  selector: FieldSelector,
  { plural }: ResourceType,
  object: StoredObject,
): boolean {
  return selector.every(
    ({ field, value, isEqual }) => (fieldOf(object, field, FIELDS[plural]) === value) === isEqual,
  );
}

function fieldOf(
  object: StoredObject,
  field: string,
  defaults: Readonly<Record<string, string>> = {},
): string {
  const found = field
    .split('.')
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), object);
  if (typeof found === 'string') return found;
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return defaults[field] ?? '';
}
