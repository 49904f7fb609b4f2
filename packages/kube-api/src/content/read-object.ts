import { duplicateFields } from '@portolan/manifests';
import { parseDocument } from 'yaml';

import { isTooDeep } from '../patch/json/json.ts';
import { decodeProtobuf, PROTOBUF_TYPE } from '../protobuf/decode-protobuf.ts';
import { badRequest } from '../status/faults.ts';
import { StatusError } from '../status/status.ts';
import { isTooDeepYAML } from '../yaml-depth/yaml-depth.ts';
import { parseMediaTypes } from './media-type.ts';
import { readBody, textOf } from './read-body.ts';

/** What a request's content says. */
export interface Content {
  /** `undefined` where there is no content. */
  readonly value: unknown;
  /** Paths of fields that were given more than once. */
  readonly duplicates: readonly string[];
}

/** JSON first: it is what there is where no Content-Type is given. */
const MEDIA_TYPES: readonly string[] = ['application/json', 'application/yaml', PROTOBUF_TYPE];

/**
 * Reads an object in JSON, YAML or Kubernetes' protobuf.
 *
 * @param limit In bytes.
 * @throws {StatusError} 400, 413, 415
 */
export async function readObject(request: Request, limit: number): Promise<Content> {
  const field = request.headers.get('content-type') ?? 'application/json';
  const mediaType = parseMediaTypes(field)[0]?.name ?? '';
  if (!MEDIA_TYPES.includes(mediaType)) {
    const message = `the body of the request was in an unknown format - accepted media types include: ${MEDIA_TYPES.join(', ')}`;
    throw new StatusError(415, 'UnsupportedMediaType', message);
  }
  const body = await readBody(request, limit);
  if (body.length === 0) return { value: undefined, duplicates: [] };
  if (mediaType === PROTOBUF_TYPE) return { value: decodeProtobuf(body), duplicates: [] };
  const text = textOf(body);
  const isYAML = mediaType === 'application/yaml';
  if (isYAML && isTooDeepYAML(text)) throw tooDeep();
  const value = isYAML ? parseYAML(text) : parseJSON(text);
  if (isTooDeep(value)) throw tooDeep();
  return { value, duplicates: duplicateFields(text) };
}

function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable('json', error);
  }
}

function parseYAML(text: string): unknown {
  try {
    const document = parseDocument(text, { uniqueKeys: false, merge: true, stringKeys: true });
    if (document.errors[0] !== undefined) throw document.errors[0];
    // Through JSON, for what YAML has and JSON has not.
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })) ?? 'null');
  } catch (error) {
    throw unreadable('yaml', error);
  }
}

function tooDeep(): StatusError {
  return badRequest('the content is nested too deep');
}

function unreadable(format: string, error: unknown): StatusError {
  const message = error instanceof Error ? error.message : '';
  return badRequest(`couldn't get version/kind; ${format} parse error: ${message.slice(0, 500)}`);
}
