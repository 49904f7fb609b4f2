import type { JSONObject } from '../content/json-object.ts';
import { wireFields, type WireField } from './wire.ts';

/** What a field's value is read as. `skipped`: whatever it is, it is the server's to say. */
type Kind =
  | 'bool'
  | 'bytes'
  | 'int'
  | 'intOrString'
  | 'microTime'
  | 'quantity'
  | 'skipped'
  | 'string'
  | 'time'
  | Message;

/** One field of a message. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly shape: 'inline' | 'list' | 'map' | 'pointer' | 'value';
}

/** The fields of a message that are known, by their numbers. */
export interface Message {
  readonly name: string;
  readonly fields: ReadonlyMap<number, Field>;
}

/** A field that the schema doesn't have, with something in it. */
export class UnknownFieldError extends Error {
  override readonly name = 'UnknownFieldError';
}

/**
 * A message of Kubernetes in JSON's form. Values that are zero or empty are left out, as Go's `omitempty` does, but where a
 * pointer tells them from absent ones.
 *
 * @throws {UnknownFieldError} rather than lose something.
 * @throws {RangeError | TypeError} where it is malformed.
 */
export function decodeMessage({ name, fields }: Message, bytes: Uint8Array): JSONObject {
  const entries: [string, unknown][] = [];
  const lists = new Map<string, unknown[]>();
  const maps = new Map<string, [string, unknown][]>();
  for (const { number, value } of wireFields(bytes)) {
    const field = fields.get(number);
    if (field === undefined) {
      if (isZero(value)) continue;
      throw new UnknownFieldError(`field ${number} of ${name} can't be read from protobuf here`);
    }
    if (field.kind === 'skipped') continue;
    switch (field.shape) {
      case 'list':
        append(lists, field.name, read(field.kind, value));
        break;
      case 'map':
        append(maps, field.name, readEntry(field.kind, value));
        break;
      case 'inline':
        entries.push(...Object.entries(Object(read(field.kind, value))));
        break;
      case 'pointer':
        entries.push([field.name, read(field.kind, value)]);
        break;
      case 'value': {
        const found = read(field.kind, value);
        if (!isEmpty(found)) entries.push([field.name, found]);
      }
    }
  }
  entries.push(...lists);
  for (const [each, items] of maps) entries.push([each, Object.fromEntries(items)]);
  return Object.fromEntries(entries);
}

function append<T>(all: Map<string, T[]>, name: string, item: T): void {
  const items = all.get(name);
  if (items === undefined) all.set(name, [item]);
  else items.push(item);
}

/** A map is a list of messages with a key and a value. */
function readEntry(kind: Kind, value: WireField['value']): [string, unknown] {
  let key = '';
  let found = read(kind, new Uint8Array());
  for (const entry of wireFields(bytesOf(value))) {
    if (entry.number === 1) key = textOf(entry.value);
    if (entry.number === 2) found = read(kind, entry.value);
  }
  return [key, found];
}

function read(kind: Kind, value: WireField['value']): unknown {
  switch (kind) {
    case 'string':
      return textOf(value);
    case 'bytes':
      return btoa(Array.from(bytesOf(value), (byte) => String.fromCodePoint(byte)).join(''));
    case 'int':
      return Number(integerOf(value));
    case 'bool':
      return integerOf(value) !== 0n;
    case 'quantity':
      return part(value, 1) ?? '';
    case 'intOrString':
      return integerPart(value, 1) === 1 ? (part(value, 3) ?? '') : integerPart(value, 2);
    case 'time':
      return timeOf(value)?.replace(/\.\d+Z$/, 'Z');
    case 'microTime':
      return timeOf(value)?.replace(
        /\.(\d+)Z$/,
        `.${String(Math.floor(integerPart(value, 2) / 1000)).padStart(6, '0')}Z`,
      );
    case 'skipped':
      return undefined;
    default:
      return decodeMessage(kind, bytesOf(value));
  }
}

/** RFC 3339, or nothing for a time that was never set. */
function timeOf(value: WireField['value']): string | undefined {
  if (bytesOf(value).length === 0) return undefined;
  return new Date(integerPart(value, 1) * 1000).toISOString();
}

function part(value: WireField['value'], number: number): string | undefined {
  for (const field of wireFields(bytesOf(value))) {
    if (field.number === number) return textOf(field.value);
  }
  return undefined;
}

function integerPart(value: WireField['value'], number: number): number {
  for (const field of wireFields(bytesOf(value))) {
    if (field.number === number) return Number(integerOf(field.value));
  }
  return 0;
}

function textOf(value: WireField['value']): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytesOf(value));
}

function bytesOf(value: WireField['value']): Uint8Array {
  if (typeof value === 'bigint') throw new TypeError('a number stands where bytes should');
  return value;
}

function integerOf(value: WireField['value']): bigint {
  if (typeof value !== 'bigint') throw new TypeError('bytes stand where a number should');
  return value;
}

function isZero(value: WireField['value']): boolean {
  return typeof value === 'bigint' ? value === 0n : value.length === 0;
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === '' || value === 0 || value === false;
}
