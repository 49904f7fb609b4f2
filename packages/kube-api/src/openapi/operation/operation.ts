import { apiVersionOf, type ResourceType } from '@portolan/store';

import { PATCH_TYPES } from '../../patch/patch.ts';
import { refTo, type Dialect, type JSONObject } from '../component/component.ts';
import { scale, SCALE_TYPE } from '../kinds/scale.ts';

type Method = 'delete' | 'get' | 'patch' | 'post' | 'put';
type Parameter = readonly [name: string, type: 'boolean' | 'integer' | 'string'];

const DRY_RUN: Parameter = ['dryRun', 'string'];
const WRITE: readonly Parameter[] = [
  DRY_RUN,
  ['fieldManager', 'string'],
  ['fieldValidation', 'string'],
];
const LIST: readonly Parameter[] = [
  ['allowWatchBookmarks', 'boolean'],
  ['continue', 'string'],
  ['fieldSelector', 'string'],
  ['labelSelector', 'string'],
  ['limit', 'integer'],
  ['resourceVersion', 'string'],
  ['resourceVersionMatch', 'string'],
  ['sendInitialEvents', 'boolean'],
  ['timeoutSeconds', 'integer'],
  ['watch', 'boolean'],
];
const DELETE: readonly Parameter[] = [
  DRY_RUN,
  ['gracePeriodSeconds', 'integer'],
  ['propagationPolicy', 'string'],
];

interface Operation {
  readonly method: Method;
  /** `x-kubernetes-action`. */
  readonly action: string;
  readonly parameters: readonly Parameter[];
  /** The media types of its content. */
  readonly consumes?: readonly string[];
  /** Whether it answers with a list. */
  readonly lists?: true;
}

const JSON_TYPE = ['application/json'];
const GET: Operation = { method: 'get', action: 'get', parameters: [] };
const PUT: Operation = { method: 'put', action: 'put', parameters: WRITE, consumes: JSON_TYPE };
const PATCH: Operation = {
  method: 'patch',
  action: 'patch',
  parameters: [...WRITE, ['force', 'boolean']],
  consumes: PATCH_TYPES,
};
const POST: Operation = { method: 'post', action: 'post', parameters: WRITE, consumes: JSON_TYPE };
const OF_ONE: readonly Operation[] = [
  GET,
  PUT,
  PATCH,
  { method: 'delete', action: 'delete', parameters: DELETE },
];
const OF_ALL: readonly Operation[] = [
  { method: 'get', action: 'list', parameters: LIST, lists: true },
  POST,
  { method: 'delete', action: 'deletecollection', parameters: [...LIST, ...DELETE] },
];

const SUBRESOURCE: readonly Operation[] = [GET, PUT, PATCH];

/** What an operation reads or writes. */
interface Shown {
  readonly type: ResourceType;
  readonly schemaName: string;
}

const SCALE: Shown = { type: SCALE_TYPE, schemaName: scale.name };

/** The paths of a resource, with what may be done there. */
export function pathsOf(
  type: ResourceType,
  schemaName: string,
  dialect: Dialect,
): readonly (readonly [path: string, item: JSONObject])[] {
  const root = type.group === '' ? `/api/${type.version}` : `/apis/${apiVersionOf(type)}`;
  const all = `${root}${type.namespaced ? '/namespaces/{namespace}' : ''}/${type.plural}`;
  const item = (
    path: string,
    operations: readonly Operation[],
    of: Shown = { type, schemaName },
  ): readonly [string, JSONObject] => [
    path,
    {
      ...Object.fromEntries(
        operations.map((each) => [each.method, operation(each, of, path, dialect)]),
      ),
      parameters: [...path.matchAll(/\{([a-z]+)\}/gu)].map(([, name = '']) => ({
        ...parameter([name, 'string'], dialect),
        in: 'path',
        required: true,
      })),
    },
  ];
  return [
    ...(type.namespaced ? [item(`${root}/${type.plural}`, OF_ALL.slice(0, 1))] : []),
    item(all, OF_ALL),
    item(`${all}/{name}`, OF_ONE),
    ...(type.scale ? [item(`${all}/{name}/scale`, SUBRESOURCE, SCALE)] : []),
    ...(type.status ? [item(`${all}/{name}/status`, SUBRESOURCE)] : []),
  ];
}

function operation(
  { method, action, parameters, consumes, lists }: Operation,
  { type: { group, version, kind }, schemaName }: Shown,
  path: string,
  dialect: Dialect,
): JSONObject {
  const answer = refTo(schemaName + (lists ? 'List' : ''), dialect);
  const content = method === 'patch' ? { type: 'object' } : refTo(schemaName, dialect);
  const listed = parameters.map((each) => parameter(each, dialect));
  const isV2 = dialect === 'v2';
  const body = { name: 'body', in: 'body', required: true, schema: content };
  const mediaTypes = (types: readonly string[], schema: JSONObject): JSONObject =>
    Object.fromEntries(types.map((each) => [each, { schema }]));
  return {
    operationId: `${action}${path.replaceAll(/[^a-z]+(.)/gu, (_, first: string) => first.toUpperCase())}`,
    parameters: isV2 && consumes ? [...listed, body] : listed,
    ...(consumes &&
      (isV2 ? { consumes } : { requestBody: { content: mediaTypes(consumes, content) } })),
    responses: {
      200: {
        description: 'OK',
        ...(isV2 ? { schema: answer } : { content: mediaTypes(JSON_TYPE, answer) }),
      },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, kind, version },
  };
}

function parameter([name, type]: Parameter, dialect: Dialect): JSONObject {
  return { name, in: 'query', ...(dialect === 'v2' ? { type } : { schema: { type } }) };
}

/** `PodList`: the objects of a kind, and what is said of them all. */
export function listSchema(schemaName: string, dialect: Dialect): JSONObject {
  const text = { type: 'string' };
  return {
    description: '',
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: text,
      items: { type: 'array', items: refTo(schemaName, dialect) },
      kind: text,
      metadata: { allOf: [refTo('meta.v1.ListMeta', dialect)] },
    },
  };
}
