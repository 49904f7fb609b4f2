import { parseDocument } from 'yaml';

import { isTooDeepYAML } from '../../yaml-depth/yaml-depth.ts';
import { badRequest } from '../failure/failure.ts';
import { isTooDeep } from '../json/json.ts';

/** The JSON of a body. Throws a `PatchError` for anything else. */
export function readJSON(body: string | Uint8Array): unknown {
  return checked(() => JSON.parse(textOf(body)));
}

/** The JSON of a body, or else its YAML 1.2: what server-side apply takes. Throws a `PatchError` for anything else. */
export function readYAML(body: string | Uint8Array): unknown {
  const text = textOf(body);
  return checked(() => {
    try {
      // What kubectl sends is JSON, which reads much faster so.
      return JSON.parse(text);
    } catch {
      return parseYAML(text);
    }
  });
}

function parseYAML(text: string): unknown {
  if (isTooDeepYAML(text)) throw new RangeError('exceeded max depth');
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw fault;
  return document.toJS({ maxAliasCount: 100 });
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

/** What `read` gives. That it threw, a `RangeError` for too much depth included, is the client's doing. */
function checked(read: () => unknown): unknown {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  if (isTooDeep(value)) throw badRequest('error decoding patch: exceeded max depth');
  return value;
}
