import type { Snapshot } from '@portolan/engine';

/** UTF-16 code units that are handed on at once, where there are as many; a shard more at most. */
const CHUNK = 65_536;

/** The JSON of `{ revision, snapshot }`, piece by piece: with many Services all of it at once would take much memory. */
export function snapshotStream(revision: number, snapshot: Snapshot): ReadableStream<Uint8Array> {
  const pieces = piecesOf(revision, snapshot);
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: (controller) => {
      let text = '';
      while (text.length < CHUNK) {
        const { done, value } = pieces.next();
        if (done === true) break;
        text += value;
      }
      if (text === '') controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
}

function* piecesOf(revision: number, snapshot: Snapshot): Generator<string> {
  yield `{"revision":${revision},"snapshot":{`;
  let separator = '';
  for (const [field, value] of Object.entries(snapshot)) {
    yield `${separator}${JSON.stringify(field)}:`;
    yield* piecesOfValue(value);
    separator = ',';
  }
  yield '}}';
}

/** One for each item of a list, or each field of an object. */
function* piecesOfValue(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isList = Array.isArray(value);
  yield isList ? '[' : '{';
  let separator = '';
  for (const [key, item] of Object.entries(value)) {
    yield `${separator}${isList ? '' : `${JSON.stringify(key)}:`}${JSON.stringify(item)}`;
    separator = ',';
  }
  yield isList ? ']' : '}';
}
