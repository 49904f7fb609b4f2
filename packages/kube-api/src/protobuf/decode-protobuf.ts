import type { JSONObject } from '../content/json-object.ts';
import { badRequest } from '../status/faults.ts';
import { StatusError } from '../status/status.ts';
import { decodeMessage, UnknownFieldError } from './message.ts';
import { DELETE_OPTIONS, MESSAGES, TYPE_META } from './schema.ts';
import { wireFields } from './wire.ts';

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** What all such content begins with: `k8s` and a zero. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];

/**
 * An object in Kubernetes' protobuf encoding. Clients that are generated send no other, and don't try again with JSON.
 *
 * Source: Kubernetes API concepts, Kubernetes Protobuf encoding.
 *
 * @throws {StatusError} 415 for a kind or field that is not read here: rather than lose something. 400 where it is malformed.
 */
export function decodeProtobuf(bytes: Uint8Array): JSONObject {
  try {
    if (MAGIC.some((byte, index) => bytes[index] !== byte)) throw new RangeError('no k8s prefix');
    let typeMeta: JSONObject = {};
    let raw = new Uint8Array();
    for (const { number, value } of wireFields(bytes.subarray(MAGIC.length))) {
      if (typeof value === 'bigint') continue;
      if (number === 1) typeMeta = decodeMessage(TYPE_META, value);
      if (number === 2) raw = Uint8Array.from(value);
    }
    const name = `${String(typeMeta['apiVersion'])} ${String(typeMeta['kind'])}`;
    const message = name.endsWith(' DeleteOptions') ? DELETE_OPTIONS : MESSAGES.get(name);
    if (message === undefined)
      throw new UnknownFieldError(`${name} can't be read from protobuf here`);
    return { ...typeMeta, ...decodeMessage(message, raw) };
  } catch (error) {
    if (error instanceof UnknownFieldError) {
      throw new StatusError(415, 'UnsupportedMediaType', `${error.message}: send application/json`);
    }
    const reason = error instanceof Error ? error.message : '';
    throw badRequest(`the content is no protobuf of Kubernetes: ${reason}`);
  }
}
