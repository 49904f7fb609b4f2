import * as v from 'valibot';

import { ScenarioFault } from './scenario-fault.ts';
import type { Scenario } from './scenario.ts';

/** Stands before what is packed, so that a later version can tell an older link. */
const PREFIX = '1.';

/** Bytes that a link may hold once it is inflated: it is somebody else's, and a few characters can stand for gigabytes. */
const LARGEST = 4 * 1024 * 1024;

/** Not `v.record`, which leaves out keys such as `constructor`: a label may be called that. */
const strings = v.custom<Readonly<Record<string, string>>>(
  (value) => isObject(value) && Object.values(value).every((each) => typeof each === 'string'),
  'must be an object of strings',
);

/** Whether the request can be sent is not asked here: a link may hold one that somebody is still writing. */
const RequestSchema = v.strictObject({
  url: v.string(),
  method: v.optional(v.string()),
  headers: v.optional(strings),
  from: v.optional(v.string()),
  entrance: v.optional(v.picklist(['internal', 'external'])),
  node: v.optional(v.string()),
  zone: v.optional(v.string()),
});

const PodChangeSchema = v.strictObject({
  state: v.optional(v.picklist(['failing', 'refusing', 'draining'])),
  labels: v.optional(strings),
});

const ScenarioSchema: v.GenericSchema<unknown, Scenario> = v.strictObject({
  manifests: v.string(),
  request: RequestSchema,
  pods: v.strictObject({
    pods: v.record(v.string(), PodChangeSchema),
    replicas: v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(50))),
  }),
});

/**
 * The scenario as a URL's fragment can hold it: letters, digits, `.`, `-` and `_`.
 *
 * @throws {ScenarioFault} where it is larger than `decodeScenario` takes.
 */
export async function encodeScenario(scenario: Scenario): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(scenario));
  if (json.length > LARGEST) throw tooLarge();
  const packed = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return PREFIX + toBase64URL(await bytesOf(packed, Infinity));
}

/**
 * The scenario that `encodeScenario` made the text of.
 *
 * @throws {ScenarioFault} where the text is none of its, is cut off, holds something else, or more than 4 MiB.
 */
export async function decodeScenario(text: string): Promise<Scenario> {
  if (!text.startsWith(PREFIX)) {
    throw new ScenarioFault('The link holds no scenario that this version of the playground reads');
  }
  const parsed = v.safeParse(ScenarioSchema, await unpack(text.slice(PREFIX.length)));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue);
  throw new ScenarioFault(
    `The link holds no scenario: ${field === null ? 'it' : field} is not as it should be`,
  );
}

async function unpack(text: string): Promise<unknown> {
  const damaged = (cause?: unknown): ScenarioFault =>
    new ScenarioFault('The link is damaged: part of it may be missing', { cause });
  const packed = fromBase64URL(text);
  if (packed === undefined) throw damaged();
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  try {
    const bytes = await bytesOf(inflated, LARGEST);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw error instanceof ScenarioFault ? error : damaged(error);
  }
}

/** @throws {ScenarioFault} at the first chunk beyond `most` bytes; the rest is never inflated. */
async function bytesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > most) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function tooLarge(): ScenarioFault {
  return new ScenarioFault('The scenario is too large for a link: 4 MiB at most');
}

/** RFC 4648 section 5, without padding. */
function toBase64URL(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64URL(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
